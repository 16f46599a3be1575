package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Bodies.State;
import io.tidemark.audit.fact.Evidence;
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
import io.tidemark.topic.AvroBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Completes a fact's draft with what its neighbours decide: whose version it is, what changed, who won. Each time
 * on a new copy of the draft.
 */
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
    List<Span> of(Evidence evidence, boolean late) {
        Fact fact = evidence.fact();
        Span span = DraftFields.copy(evidence.draft());
        Entry entry = timeline.entry(fact.getSpanId()).orElse(null);
        String uid = entry == null ? fact.getUid() : timeline.uidOf(entry);
        long objectId = objectSpanId(fact, span, uid);
        if (span.getDetail() instanceof RequestDetail detail) {
            if (late) {
                tooLate(detail, fact);
            } else {
                complete(fact, span.getObject(), detail, uid);
            }
        }
        List<Span> spans = new ArrayList<>();
        place(span, objectId, uid, late);
        span.put(DraftFields.PARENT, span.getObjectSpanId());
        spans.add(span);
        for (Span draft : evidence.parts()) {
            Span part = DraftFields.copy(draft);
            place(part, objectId, uid, late);
            spans.add(part);
        }
        return spans;
    }

    /** A refused create has no object yet: it belongs to the controller that wanted the object, when it names one. */
    private static long objectSpanId(Fact fact, Span span, String uid) {
        ObjectIdentity object = span.getObject();
        if (uid.isEmpty() && object.getName().isEmpty()) {
            for (Owner owner : fact.getOwners()) {
                if (owner.getController()) {
                    return SpanIds.object(object.getCluster(), owner.getUid());
                }
            }
        }
        return SpanIds.object(object, uid);
    }

    private static void place(Span span, long objectId, String uid, boolean late) {
        span.getObject().put(DraftFields.UID, uid);
        span.put(DraftFields.OBJECT_SPAN, new SpanId(SpanIds.bytes(objectId)));
        span.put(DraftFields.TRACE, new TraceId(SpanIds.trace(objectId, Instants.micros(span.getStartMicros()))));
        span.put(DraftFields.LATE, late);
    }

    private static void tooLate(RequestDetail detail, Fact fact) {
        detail.put(DraftFields.RESOURCE_VERSION, fact.getClaims() ? Long.toString(fact.getVersion()) : "");
        detail.put(DraftFields.EXACT_REASON, "arrived after its neighbours had been given up");
    }

    private void complete(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        switch (detail.getEffect()) {
            case CREATED, UPDATED, DELETION_STARTED -> written(fact, object, detail, uid);
            case DELETED -> deleted(fact, object, detail, uid);
            case FAILED, DRY_RUN -> refused(fact, object, detail, uid);
            case ACCEPTED -> accepted(fact, detail);
            case NO_CHANGE -> conclude(detail, true, "nothing was written");
            case COLLECTION_DELETED, SESSION, ISSUED -> conclude(detail, true, "changes no fields of its object");
            case UNKNOWN -> conclude(detail, false, "the outcome is unknown");
        }
    }

    private void written(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        Optional<Entry> writer = timeline.writer(fact.getVersion());
        if (writer.isPresent() && writer.get().getSpanId() != fact.getSpanId()) {
            noChange(detail, writer.get());
            return;
        }
        detail.put(DraftFields.RESOURCE_VERSION, fact.getVersion() == 0 ? "" : Long.toString(fact.getVersion()));
        if (detail.getEffect() == Effect.CREATED) {
            created(detail, object, fact);
            return;
        }
        Optional<State> before = bodies.before(uid, fact.getVersion(), fact.getStageMicros());
        if (before.isEmpty()) {
            conclude(detail, false, "no version before this one has been seen");
            return;
        }
        State state = before.get();
        boolean proved = fact.getBase() != 0 && fact.getBase() == state.version() && state.whole();
        FieldChanges.set(detail, object, state.body(), after(fact, state));
        detail.put(DraftFields.PREVIOUS_VERSION, Long.toString(state.version()));
        conclude(detail, proved && fact.getShape() == BodyShape.WHOLE, reason(fact, state));
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

    private static void created(RequestDetail detail, ObjectIdentity object, Fact fact) {
        if (fact.getShape() != BodyShape.WHOLE) {
            conclude(detail, false, "the answer is hidden");
            return;
        }
        FieldChanges.set(detail, object, null, AvroBinary.bytes(fact.getBody()));
        conclude(detail, true, "there was nothing before");
    }

    private void noChange(RequestDetail detail, Entry writer) {
        Evidence winner = facts.get(writer.getSpanId());
        String by = winner == null
                ? "another request"
                : "audit ID " + detailOf(winner).getAuditId();
        detail.put(DraftFields.EFFECT, Effect.NO_CHANGE);
        detail.put(DraftFields.EFFECT_REASON, "the version in the answer was written by " + by);
        conclude(detail, true, "nothing was written");
    }

    /** What the answer shows; of an answer that shows a part only, the state before with that part put in. */
    private static byte[] after(Fact fact, State before) {
        byte[] told = AvroBinary.bytes(fact.getBody());
        return switch (fact.getShape()) {
            case WHOLE -> told;
            case METADATA -> Bodies.withMetadata(before.body(), told);
            case SCALE -> Bodies.withReplicas(before.body(), told);
            case NONE -> before.body();
        };
    }

    private void deleted(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        if (fact.getClaims() && fact.getShape() == BodyShape.WHOLE) {
            FieldChanges.set(detail, object, AvroBinary.bytes(fact.getBody()), null);
            detail.put(DraftFields.RESOURCE_VERSION, fact.getVersion() == 0 ? "" : Long.toString(fact.getVersion()));
            conclude(detail, true, "the answer holds the last state");
            return;
        }
        Optional<State> last = fact.getBase() != 0
                ? bodies.at(uid, fact.getBase())
                : bodies.before(uid, Long.MAX_VALUE, fact.getStageMicros());
        if (last.isEmpty()) {
            conclude(detail, false, "the last state has not been seen");
            return;
        }
        boolean finalizer = fact.getBase() != 0 && fact.getShape() == BodyShape.WHOLE;
        FieldChanges.set(detail, object, last.get().body(), finalizer ? AvroBinary.bytes(fact.getBody()) : null);
        detail.put(DraftFields.PREVIOUS_VERSION, Long.toString(last.get().version()));
        conclude(
                detail,
                finalizer && last.get().whole(),
                finalizer
                        ? "the answer is built on the version before"
                        : "the answer does not hold the last state; the newest one seen is shown");
    }

    private void refused(Fact fact, ObjectIdentity object, RequestDetail detail, String uid) {
        winnerOver(fact, detail).ifPresent(winner -> detail.put(DraftFields.WINNER, winner));
        byte[] asked = AvroBinary.bytes(fact.getAsked());
        Optional<State> base =
                asked.length == 0 || fact.getBase() == 0 ? Optional.empty() : bodies.at(uid, fact.getBase());
        if (base.isEmpty()) {
            conclude(detail, false, "nothing was written");
            return;
        }
        FieldChanges.set(detail, object, base.get().body(), asked);
        detail.put(DraftFields.PREVIOUS_VERSION, Long.toString(base.get().version()));
        conclude(detail, false, "nothing was written; shown is what was asked for");
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
                            winner.draft().getSpanId(),
                            request.getAuditId(),
                            request.getImpersonated().isEmpty() ? request.getUser() : request.getImpersonated(),
                            Long.toString(winner.fact().getVersion()));
                });
    }

    /** A binding tells the one field it sets; an eviction tells none. */
    private static void accepted(Fact fact, RequestDetail detail) {
        if (fact.getNode().isEmpty()) {
            conclude(detail, false, "the answer shows no version");
            return;
        }
        detail.put(DraftFields.CHANGES, List.of(new Change("spec.nodeName", null, FieldChanges.json(fact.getNode()))));
        conclude(detail, false, "as asked for: the answer shows no version");
    }

    private static void conclude(RequestDetail detail, boolean exact, String reason) {
        detail.put(DraftFields.EXACT, exact);
        detail.put(DraftFields.EXACT_REASON, reason);
    }

    private static RequestDetail detailOf(Evidence evidence) {
        return (RequestDetail) evidence.draft().getDetail();
    }
}
