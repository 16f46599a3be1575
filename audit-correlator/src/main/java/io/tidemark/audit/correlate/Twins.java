package io.tidemark.audit.correlate;

import io.tidemark.audit.fact.Evidence;
import io.tidemark.audit.fact.Facts;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactKind;
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

    boolean isShadow(Evidence fact) {
        return fuller(fact).isPresent();
    }

    /** Takes the shadow into the fuller fact that is held; the shadow's own span is withdrawn. */
    List<Span> mergeShadow(Evidence shadow) {
        Evidence merged = merged(fuller(shadow).orElseThrow(), shadow);
        facts.put(merged);
        List<Span> spans = new ArrayList<>(withdrawn(shadow));
        spans.addAll(new RequestSpans(timeline, facts).of(merged, false));
        return spans;
    }

    /** The fact with what its shadows tell; they are forgotten and their spans withdrawn. */
    Evidence absorbShadows(Evidence came, List<Span> into) {
        Evidence merged = came;
        if (came.fact().getKind() == FactKind.REQUEST
                && Facts.hasBodies(came.fact().getRichness())) {
            for (Evidence shadow : shadows(came)) {
                long id = shadow.fact().getSpanId();
                merged = merged(merged, shadow);
                into.addAll(withdrawn(shadow));
                timeline.entries.removeIf(entry -> entry.getSpanId() == id);
                facts.remove(id);
            }
        }
        return merged;
    }

    private Optional<Evidence> fuller(Evidence evidence) {
        Fact shadow = evidence.fact();
        if (shadow.getKind() != FactKind.REQUEST || !Facts.lacksBodies(shadow.getRichness())) {
            return Optional.empty();
        }
        return timeline
                .held(entry -> Facts.hasBodies(entry.getRichness())
                        && within(
                                entry.getReceivedMicros(),
                                entry.getStageMicros(),
                                shadow.getReceivedMicros(),
                                shadow.getStageMicros()))
                .stream()
                .map(entry -> facts.get(entry.getSpanId()))
                .filter(Objects::nonNull)
                .filter(held -> sameRequest(detail(held), detail(evidence)))
                .findFirst();
    }

    private List<Evidence> shadows(Evidence fuller) {
        List<Entry> bodiless =
                timeline.held(entry -> Facts.lacksBodies(entry.getRichness()) && within(fuller.fact(), entry));
        if (bodiless.isEmpty()) {
            return List.of(); // nearly always
        }
        return bodiless.stream()
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

    private static Evidence merged(Evidence fuller, Evidence shadow) {
        RequestDetail asked = detail(shadow);
        RequestDetail detail = RequestDetail.newBuilder(detail(fuller))
                .setUser(asked.getUser())
                .setGroups(asked.getGroups())
                .setImpersonated(asked.getImpersonated())
                .setImpersonationConstraint(asked.getImpersonationConstraint())
                .setUserAgent(asked.getUserAgent())
                .setSourceIps(asked.getSourceIps())
                .build();
        Span merged = Span.newBuilder(fuller.draft()).setDetail(detail).build();
        return new Evidence(fuller.fact(), merged, fuller.parts());
    }

    private List<Span> withdrawn(Evidence shadow) {
        return new RequestSpans(timeline, facts)
                .of(shadow, false).stream()
                        .map(span -> Span.newBuilder(span).setWithdrawn(true).build())
                        .toList();
    }

    private static RequestDetail detail(Evidence evidence) {
        return (RequestDetail) evidence.draft().getDetail();
    }
}
