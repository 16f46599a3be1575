package io.tidemark.audit.correlate;

import io.tidemark.audit.fact.Facts;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactKind;
import io.tidemark.topic.Serdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Two events of one request to an aggregated API: the API server that passed it on audits it without bodies (the shadow),
 * the one that answered it audits it with them, under the same audit ID but with its own times.
 *
 * <pre>
 *   shadow   ├──────────────────────────────┤   who really asked, from where
 *   fuller      ├────────────────────────┤      what was asked and answered
 * </pre>
 *
 * Clients choose audit IDs, so equal ones do not suffice: verb, URI and actor must be the same, the fuller event must lie
 * within the shadow in time, and only an event without any body is taken for a shadow. Nothing that has bodies is ever
 * left out. A creation without a name in its URI has no name in its shadow either, lies under another key and is not
 * recognised.
 */
final class Twins {
    /** How far the clocks of two API servers may differ. */
    private static final long SKEW_MICROS = 1_000_000;

    private final Timeline timeline;
    private final FactStore facts;

    Twins(Timeline timeline, FactStore facts) {
        this.timeline = timeline;
        this.facts = facts;
    }

    boolean isShadow(Fact fact) {
        return fuller(fact).isPresent();
    }

    /** Takes the shadow into the fuller fact that is held; the shadow's own span is withdrawn. */
    List<Span> mergeShadow(Fact shadow) {
        Fact merged = merged(fuller(shadow).orElseThrow(), shadow);
        facts.replace(merged);
        List<Span> spans = new ArrayList<>(withdrawn(shadow));
        spans.addAll(new RequestSpans(timeline, facts).of(merged, false));
        return spans;
    }

    /** The fact with what its shadows tell; they are forgotten and their spans withdrawn. */
    Fact absorbShadows(Fact fact, List<Span> into) {
        Fact merged = fact;
        if (fact.getKind() == FactKind.REQUEST && Facts.hasBodies(fact.getRichness())) {
            for (Fact shadow : shadows(fact)) {
                merged = merged(merged, shadow);
                into.addAll(withdrawn(shadow));
                timeline.entries.removeIf(entry -> entry.getSpanId() == shadow.getSpanId());
                facts.remove(shadow.getSpanId());
            }
        }
        return merged;
    }

    private Optional<Fact> fuller(Fact shadow) {
        if (shadow.getKind() != FactKind.REQUEST || !Facts.lacksBodies(shadow.getRichness())) {
            return Optional.empty();
        }
        return timeline.held()
                .filter(entry -> Facts.hasBodies(entry.getRichness())
                        && within(
                                entry.getReceivedMicros(),
                                entry.getStageMicros(),
                                shadow.getReceivedMicros(),
                                shadow.getStageMicros()))
                .map(entry -> facts.get(entry.getSpanId()))
                .filter(Objects::nonNull)
                .filter(fact -> sameRequest(detail(fact), detail(shadow)))
                .findFirst();
    }

    private List<Fact> shadows(Fact fuller) {
        return timeline.held()
                .filter(entry -> Facts.lacksBodies(entry.getRichness()) && within(fuller, entry))
                .map(entry -> facts.get(entry.getSpanId()))
                .filter(Objects::nonNull)
                .filter(shadow -> sameRequest(detail(fuller), detail(shadow)))
                .toList();
    }

    private static boolean within(Fact fuller, Entry shadow) {
        return within(
                fuller.getReceivedMicros(),
                fuller.getStageMicros(),
                shadow.getReceivedMicros(),
                shadow.getStageMicros());
    }

    private static boolean within(long from, long to, long shadowFrom, long shadowTo) {
        return from >= shadowFrom - SKEW_MICROS && to <= shadowTo + SKEW_MICROS;
    }

    private static boolean sameRequest(RequestDetail fuller, RequestDetail shadow) {
        return fuller.getAuditId().equals(shadow.getAuditId())
                && fuller.getVerb().equals(shadow.getVerb())
                && fuller.getRequestUri().equals(shadow.getRequestUri())
                && actor(fuller).equals(actor(shadow));
    }

    /** The server that answers is told the impersonated user as if it were the real one. */
    private static String actor(RequestDetail request) {
        return request.getImpersonated().isEmpty() ? request.getUser() : request.getImpersonated();
    }

    private static Fact merged(Fact fuller, Fact shadow) {
        Span draft = Serdes.AUDIT_SPAN.decode(Bodies.bytes(fuller.getDraft()));
        RequestDetail asked = detail(shadow);
        RequestDetail detail = RequestDetail.newBuilder((RequestDetail) draft.getDetail())
                .setUser(asked.getUser())
                .setGroups(asked.getGroups())
                .setImpersonated(asked.getImpersonated())
                .setImpersonationConstraint(asked.getImpersonationConstraint())
                .setUserAgent(asked.getUserAgent())
                .setSourceIps(asked.getSourceIps())
                .build();
        Span merged = Span.newBuilder(draft).setDetail(detail).build();
        return Fact.newBuilder(fuller)
                .setDraft(ByteBuffer.wrap(Serdes.AUDIT_SPAN.encode(merged)))
                .build();
    }

    private List<Span> withdrawn(Fact shadow) {
        return new RequestSpans(timeline, facts)
                .of(shadow, false).stream()
                        .map(span -> Span.newBuilder(span).setWithdrawn(true).build())
                        .toList();
    }

    private static RequestDetail detail(Fact fact) {
        return (RequestDetail)
                Serdes.AUDIT_SPAN.decode(Bodies.bytes(fact.getDraft())).getDetail();
    }
}
