package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Bodies.State;
import io.tidemark.audit.fact.Instants;
import io.tidemark.audit.fact.SpanIds;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.schema.audit.Winner;
import io.tidemark.schema.correlate.BodyShape;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.Owner;
import io.tidemark.topic.Serdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Completes a fact's draft with what its neighbours decide: whose version it is, what changed, who won. */
final class RequestSpans {
    private final Timeline timeline;
    private final FactStore facts;
    private final Bodies bodies;

    RequestSpans(Timeline timeline, FactStore facts) {
        this.timeline = timeline;
        this.facts = facts;
        this.bodies = new Bodies(timeline, facts);
    }

    /** The request's (or item's) span and the spans of its parts. */
    List<Span> of(Fact fact, boolean late) {
        Span draft = Serdes.AUDIT_SPAN.decode(Bodies.bytes(fact.getDraft()));
        Entry entry = timeline.entry(fact.getSpanId()).orElse(null);
        String uid = entry == null ? fact.getUid() : timeline.uidOf(entry);
        long objectId = objectSpanId(fact, draft, uid);
        Object detail = switch (fact.getKind()) {
            case REQUEST -> late ? tooLate((RequestDetail) draft.getDetail(), fact) : complete(fact, draft, uid);
            case ITEM, EVENT -> draft.getDetail();
        };
        List<Span> spans = new ArrayList<>();
        spans.add(place(draft, objectId, uid, late).setDetail(detail).build());
        for (ByteBuffer part : fact.getExtras()) {
            Span extra = Serdes.AUDIT_SPAN.decode(Bodies.bytes(part));
            spans.add(place(extra, objectId, uid, late)
                    .setParentSpanId(extra.getParentSpanId())
                    .build());
        }
        return spans;
    }

    /** A refused create has no object yet: it belongs to the controller that wanted the object, when it names one. */
    private static long objectSpanId(Fact fact, Span draft, String uid) {
        ObjectIdentity object = draft.getObject();
        if (uid.isEmpty() && object.getName().isEmpty()) {
            for (Owner owner : fact.getOwners()) {
                if (owner.getController()) {
                    return SpanIds.object(object.getCluster(), owner.getUid());
                }
            }
        }
        return Timeline.objectSpanId(
                object.getCluster(),
                uid,
                SpanIds.named(
                        object.getCluster(),
                        object.getGroup(),
                        object.getResource(),
                        object.getNamespace(),
                        object.getName()));
    }

    private static Span.Builder place(Span draft, long objectId, String uid, boolean late) {
        SpanId object = new SpanId(SpanIds.bytes(objectId));
        ObjectIdentity identity =
                ObjectIdentity.newBuilder(draft.getObject()).setUid(uid).build();
        return Span.newBuilder(draft)
                .setObject(identity)
                .setObjectSpanId(object)
                .setParentSpanId(object)
                .setTraceId(new TraceId(SpanIds.trace(objectId, Instants.micros(draft.getStartMicros()))))
                .setLate(late);
    }

    private RequestDetail tooLate(RequestDetail draft, Fact fact) {
        return RequestDetail.newBuilder(draft)
                .setResourceVersion(fact.getClaims() ? Long.toString(fact.getVersion()) : "")
                .setExactReason("arrived after its neighbours had been given up")
                .build();
    }

    private RequestDetail complete(Fact fact, Span draft, String uid) {
        RequestDetail detail = (RequestDetail) draft.getDetail();
        return switch (detail.getEffect()) {
            case CREATED, UPDATED, DELETION_STARTED -> written(fact, draft.getObject(), detail, uid);
            case DELETED -> deleted(fact, draft.getObject(), detail, uid);
            case FAILED, DRY_RUN -> refused(fact, draft.getObject(), detail, uid);
            case ACCEPTED -> accepted(fact, detail);
            case NO_CHANGE -> exact(detail, "nothing was written");
            case COLLECTION_DELETED, SESSION, ISSUED -> exact(detail, "changes no fields of its object");
            case UNKNOWN -> inexact(detail, "the outcome is unknown");
        };
    }

    private RequestDetail written(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        Optional<Entry> writer = timeline.writer(fact.getVersion());
        if (writer.isPresent() && writer.get().getSpanId() != fact.getSpanId()) {
            return noChange(detail, writer.get());
        }
        RequestDetail.Builder builder = RequestDetail.newBuilder(detail)
                .setResourceVersion(fact.getVersion() == 0 ? "" : Long.toString(fact.getVersion()));
        if (detail.getEffect() == Effect.CREATED) {
            return created(builder, object, fact);
        }
        Optional<State> before = bodies.before(uid, fact.getVersion(), fact.getStageMicros());
        if (before.isEmpty()) {
            return builder.setExactReason("no version before this one has been seen")
                    .build();
        }
        State state = before.get();
        boolean proved = fact.getBase() != 0 && fact.getBase() == state.version() && state.whole();
        return FieldChanges.set(builder, object, state.body(), after(fact, state))
                .setPreviousResourceVersion(Long.toString(state.version()))
                .setExact(proved && fact.getShape() == BodyShape.WHOLE)
                .setExactReason(reason(fact, state))
                .build();
    }

    private static String reason(Fact fact, State state) {
        if (fact.getBase() == 0) {
            return "the request names no version that it builds on";
        }
        if (fact.getBase() != state.version()) {
            return "it builds on version " + fact.getBase() + ", which no answer shows";
        }
        if (!state.whole() || fact.getShape() != BodyShape.WHOLE) {
            return "an answer shows only a part of the object";
        }
        return "it builds on the version before";
    }

    private static RequestDetail created(RequestDetail.Builder builder, ObjectIdentity object, Fact fact) {
        if (fact.getShape() != BodyShape.WHOLE) {
            return builder.setExactReason("the answer is hidden").build();
        }
        return FieldChanges.set(builder, object, null, Bodies.bytes(fact.getBody()))
                .setExact(true)
                .setExactReason("there was nothing before")
                .build();
    }

    private RequestDetail noChange(RequestDetail detail, Entry writer) {
        Fact winner = facts.get(writer.getSpanId());
        String by = winner == null
                ? "another request"
                : "audit ID " + detailOf(winner).getAuditId();
        return RequestDetail.newBuilder(detail)
                .setEffect(Effect.NO_CHANGE)
                .setEffectReason("the version in the answer was written by " + by)
                .setExact(true)
                .setExactReason("nothing was written")
                .build();
    }

    /** What the answer shows; of an answer that shows a part only, the state before with that part put in. */
    private static byte[] after(Fact fact, State before) {
        byte[] told = Bodies.bytes(fact.getBody());
        return switch (fact.getShape()) {
            case WHOLE -> told;
            case METADATA -> Bodies.withMetadata(before.body(), told);
            case SCALE -> Bodies.withReplicas(before.body(), told);
            case NONE -> before.body();
        };
    }

    private RequestDetail deleted(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        RequestDetail.Builder builder = RequestDetail.newBuilder(detail);
        if (fact.getClaims() && fact.getShape() == BodyShape.WHOLE) {
            return FieldChanges.set(builder, object, Bodies.bytes(fact.getBody()), null)
                    .setResourceVersion(fact.getVersion() == 0 ? "" : Long.toString(fact.getVersion()))
                    .setExact(true)
                    .setExactReason("the answer holds the last state")
                    .build();
        }
        Optional<State> last = fact.getBase() != 0
                ? bodies.at(uid, fact.getBase())
                : bodies.before(uid, Long.MAX_VALUE, fact.getStageMicros());
        if (last.isEmpty()) {
            return inexact(detail, "the last state has not been seen");
        }
        boolean finalizer = fact.getBase() != 0 && fact.getShape() == BodyShape.WHOLE;
        return FieldChanges.set(builder, object, last.get().body(), finalizer ? Bodies.bytes(fact.getBody()) : null)
                .setPreviousResourceVersion(Long.toString(last.get().version()))
                .setExact(finalizer && last.get().whole())
                .setExactReason(
                        finalizer
                                ? "the answer is built on the version before"
                                : "the answer does not hold the last state; the newest one seen is shown")
                .build();
    }

    private RequestDetail refused(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        RequestDetail.Builder builder = RequestDetail.newBuilder(detail);
        winnerOver(fact, detail).ifPresent(builder::setWinner);
        byte[] asked = Bodies.bytes(fact.getAsked());
        Optional<State> base =
                asked.length == 0 || fact.getBase() == 0 ? Optional.empty() : bodies.at(uid, fact.getBase());
        if (base.isEmpty()) {
            return builder.setExactReason("nothing was written").build();
        }
        return FieldChanges.set(builder, object, base.get().body(), asked)
                .setPreviousResourceVersion(Long.toString(base.get().version()))
                .setExactReason("nothing was written; shown is what was asked for")
                .build();
    }

    /** A write that builds on an older version loses against the first one after that version. */
    private Optional<Winner> winnerOver(Fact fact, RequestDetail detail) {
        if (detail.getCode() != 409 || fact.getBase() == 0) {
            return Optional.empty();
        }
        return timeline.nextWriter(fact.getBase())
                .filter(writer -> writer.getReceivedMicros() <= fact.getStageMicros())
                .map(writer -> facts.get(writer.getSpanId()))
                .map(winner -> {
                    RequestDetail request = detailOf(winner);
                    return new Winner(
                            new SpanId(SpanIds.bytes(winner.getSpanId())),
                            request.getAuditId(),
                            request.getImpersonated().isEmpty() ? request.getUser() : request.getImpersonated(),
                            Long.toString(winner.getVersion()));
                });
    }

    /** A binding tells the one field it sets; an eviction tells none. */
    private static RequestDetail accepted(Fact fact, RequestDetail detail) {
        if (fact.getNode().isEmpty()) {
            return inexact(detail, "the answer shows no version");
        }
        Change node = new Change("spec.nodeName", null, FieldChanges.json(fact.getNode()));
        return RequestDetail.newBuilder(detail)
                .setChanges(List.of(node))
                .setExactReason("as asked for: the answer shows no version")
                .build();
    }

    private static RequestDetail exact(RequestDetail detail, String reason) {
        return RequestDetail.newBuilder(detail)
                .setExact(true)
                .setExactReason(reason)
                .build();
    }

    private static RequestDetail inexact(RequestDetail detail, String reason) {
        return RequestDetail.newBuilder(detail)
                .setExact(false)
                .setExactReason(reason)
                .build();
    }

    private static RequestDetail detailOf(Fact fact) {
        return (RequestDetail)
                Serdes.AUDIT_SPAN.decode(Bodies.bytes(fact.getDraft())).getDetail();
    }
}
