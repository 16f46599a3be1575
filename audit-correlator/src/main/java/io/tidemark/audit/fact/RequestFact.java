package io.tidemark.audit.fact;

import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.schema.correlate.BodyShape;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The fact that a request is to its object. */
final class RequestFact {
    private static final int ASKED_TEXT_MAX_BYTES = 8 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.wrap(new byte[0]).asReadOnlyBuffer();

    final long spanId;
    final RequestBody asked;
    final LocalEffect effect;
    private final AuditEvent accepted;
    private final AuditRecord event;
    private final ObjectName name;

    RequestFact(AuditEvent accepted, AuditRecord event, ObjectName name) {
        this.accepted = accepted;
        this.event = event;
        this.name = name;
        this.spanId = SpanIds.request(
                accepted.getCluster(),
                event.auditId,
                event.verb,
                event.uri,
                Instants.micros(accepted.getReceivedMicros()));
        this.asked = RequestBody.of(event);
        this.effect = LocalEffect.of(event, asked);
    }

    Evidence evidence() {
        return new Evidence(fact(), draft(), RequestParts.of(event, accepted, spanId, name));
    }

    private Fact fact() {
        Body answer = effect.shape() == BodyShape.NONE ? null : event.response;
        Body told = answer != null ? answer : failedCreate() ? event.request : null;
        long version = answer == null ? 0 : decimal(answer.resourceVersion);
        return Fact.newBuilder()
                .setKind(FactKind.REQUEST)
                .setSpanId(spanId)
                .setRichness(richness())
                .setReceivedMicros(Instants.micros(accepted.getReceivedMicros()))
                .setStageMicros(Instants.micros(accepted.getStageMicros()))
                .setAcceptedMicros(Instants.micros(accepted.getAcceptedMicros()))
                .setUid(uid())
                .setEffect(effect.effect().name())
                .setSubresource(event.subresource)
                .setVersion(lastFinalizer() ? 0 : version)
                .setClaims(claims() && !lastFinalizer())
                .setBase(lastFinalizer() ? version : decimal(asked.base()))
                .setCreatedMicros(answer == null ? 0 : Instants.micros(answer.creationTimestamp))
                .setShape(effect.shape())
                .setBody(answer == null ? NOTHING : ByteBuffer.wrap(answer.slim(event.json)))
                .setAsked(askedObject())
                .setHasMetadata(answer != null && answer.hasMetadata && effect.shape() != BodyShape.SCALE)
                .setOwners(told == null ? List.of() : told.owners)
                .setLabels(told == null ? Map.of() : told.labels)
                .setNode(effect.effect() == Effect.ACCEPTED ? asked.node() : "")
                .setCount(0)
                .build();
    }

    private boolean failedCreate() {
        return event.verb.equals("create") && effect.effect() == Effect.FAILED && event.subresource.isEmpty();
    }

    private String uid() {
        Body answer = event.response;
        if (answer != null && answer.hasMetadata && effect.shape() != BodyShape.NONE) {
            return answer.uid;
        }
        if (event.verb.equals("delete") && !event.detailsUid.isEmpty()) {
            return event.detailsUid;
        }
        // a binding's body names the uid it is meant for, and the API server checks it
        return effect.effect() == Effect.ACCEPTED ? event.uid : "";
    }

    /** The answer is then the object as the request left it, with the version it was built on. */
    private boolean lastFinalizer() {
        return effect.effect() == Effect.DELETED && !event.verb.equals("delete");
    }

    private boolean claims() {
        return switch (effect.effect()) {
            case CREATED, UPDATED, DELETION_STARTED, DELETED -> true;
            case COLLECTION_DELETED, NO_CHANGE, DRY_RUN, SESSION, ISSUED, ACCEPTED, FAILED, UNKNOWN -> false;
        };
    }

    private ByteBuffer askedObject() {
        Body body = event.request;
        boolean wroteNothing = effect.effect() == Effect.FAILED || effect.effect() == Effect.DRY_RUN;
        boolean whole = body != null && event.verb.equals("update") && event.subresource.isEmpty();
        return wroteNothing && whole && body != null ? ByteBuffer.wrap(body.slim(event.json)) : NOTHING;
    }

    /** Stage first, then bodies, then anything that breaks ties the same way on every run. */
    private long richness() {
        long stage = event.stage.equals("ResponseStarted") ? 0 : 1;
        long bodies = (event.response == null ? 0L : 2L) + (event.request == null ? 0L : 1L);
        return stage << 62 | bodies << 60 | SpanIds.checksum(event.json) >>> 4;
    }

    /** Items of collections and Events have other, smaller numbers. */
    static boolean isFinished(long richness) {
        return richness >>> 62 == 1;
    }

    static long bodies(long richness) {
        return richness >>> 60 & 3;
    }

    static long decimal(String version) {
        if (version.isEmpty() || version.length() > 18) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < version.length(); i++) {
            int digit = version.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private Span draft() {
        boolean open = event.stage.equals("ResponseStarted");
        return new Span(
                new SpanId(SpanIds.bytes(spanId)),
                null,
                new TraceId(new byte[16]),
                SpanKind.REQUEST,
                new SpanId(new byte[8]),
                name.identity(uid()),
                accepted.getReceivedMicros(),
                open ? null : accepted.getStageMicros(),
                detail(),
                accepted.getAcceptedMicros(),
                false,
                false);
    }

    private RequestDetail detail() {
        boolean wroteNothing = effect.effect() == Effect.FAILED || effect.effect() == Effect.DRY_RUN;
        return RequestDetail.newBuilder()
                .setAuditId(event.auditId)
                .setVerb(event.verb)
                .setSubresource(event.subresource)
                .setRequestUri(event.uri)
                .setLevel(event.level)
                .setUser(event.user)
                .setGroups(event.groups)
                .setImpersonated(event.impersonated)
                .setImpersonationConstraint(event.impersonationConstraint)
                .setUserAgent(event.userAgent)
                .setSourceIps(event.sourceIps)
                .setCode(event.code)
                .setReason(event.reason)
                .setMessage(event.code < 300 ? "" : event.message)
                .setCauses(event.causes)
                .setEffect(effect.effect())
                .setEffectReason(effect.reason())
                .setResourceVersion("")
                .setBaseResourceVersion(asked.base())
                .setPreviousResourceVersion("")
                .setChanges(List.of())
                .setChangesOmitted(0)
                .setExact(false)
                .setExactReason("")
                .setDryRun(asked.dryRun())
                .setFieldManager(RequestUri.parameter(event.uri, "fieldManager"))
                .setPatchType(asked.patchType())
                .setWinner(null)
                .setTarget(asked.target())
                .setAsked(wroteNothing ? RequestBody.text(event, ASKED_TEXT_MAX_BYTES) : "")
                .setItems(CollectionFacts.count(event))
                .setTruncated(event.truncated())
                .setAdmission(admission())
                .build();
    }

    private String admission() {
        StringJoiner notes = new StringJoiner("\n");
        for (String prefix : new String[] {
            "validation.policy.admission.k8s.io/", "pod-security.kubernetes.io/", "k8s.io/deprecated", "failed-open."
        }) {
            event.annotationsUnder(prefix).forEach(note -> notes.add(prefix + note.getKey() + ": " + note.getValue()));
        }
        return notes.toString();
    }
}
