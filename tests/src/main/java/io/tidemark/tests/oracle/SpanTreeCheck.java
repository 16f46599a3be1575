package io.tidemark.tests.oracle;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import io.tidemark.tests.oracle.ExpectedSpans.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether spans hang together: each on the object it is about, none alone, none in a circle, none outside its parent. */
final class SpanTreeCheck {
    private static final Set<Effect> TOOK_PLACE =
            Set.of(Effect.CREATED, Effect.UPDATED, Effect.DELETION_STARTED, Effect.DELETED);

    private final ExpectedSpans expected;
    private final Map<SpanId, Span> spans;
    private final Map<String, String> wantedBy = new HashMap<>();
    private final List<String> differences = new ArrayList<>();

    private SpanTreeCheck(ExpectedSpans expected, Map<SpanId, Span> spans) {
        this.expected = expected;
        this.spans = spans;
        for (Request request : expected.requests()) {
            if (!request.wantedBy().isEmpty()) {
                wantedBy.put(request.key().auditId(), request.wantedBy());
            }
        }
    }

    static List<String> differences(ExpectedSpans expected, Map<SpanId, Span> spans) {
        SpanTreeCheck check = new SpanTreeCheck(expected, spans);
        Map<SpanId, ObjectName> owners = new HashMap<>();
        for (Span span : spans.values()) {
            check.parent(span, owners);
            if (span.getDetail() instanceof ObjectDetail life) {
                check.life(span, life);
                check.circle(span);
            }
        }
        return check.differences;
    }

    private void parent(Span span, Map<SpanId, ObjectName> owners) {
        ObjectName object = SpanSetCheck.name(span.getObject());
        SpanId parentId = switch (span.getKind()) {
            case OBJECT -> null;
            case REQUEST, ITEM, EVENT -> span.getObjectSpanId();
            case PHASE, ADMISSION -> span.getParentSpanId();
        };
        if (!String.valueOf(parentId).equals(String.valueOf(span.getParentSpanId()))) {
            differ(object, "parent: expected " + parentId + ", is " + span.getParentSpanId());
        }
        if (parentId == null) {
            return;
        }
        Span parent = spans.get(parentId);
        if (span.getKind() == SpanKind.PHASE || span.getKind() == SpanKind.ADMISSION) {
            part(object, span, parent);
        } else if (object.name().isEmpty()) {
            nameless(object, span, parent);
        } else {
            named(object, span, parent);
            ObjectName other = owners.putIfAbsent(span.getObjectSpanId(), object);
            if (other != null && !other.equals(object)) {
                differ(object, "shares an object span id with " + other);
            }
        }
    }

    private void part(ObjectName object, Span span, @Nullable Span request) {
        if (request == null || request.getKind() != SpanKind.REQUEST) {
            differ(object, span.getKind() + " span hangs on no request");
        } else if (outside(span, request)) {
            differ(object, span.getKind() + " span lies outside its request");
        }
    }

    /** A collection and a creation that was refused before it had a name: only an owner can be known. */
    private void nameless(ObjectName object, Span span, @Nullable Span parent) {
        String auditId =
                span.getDetail() instanceof RequestDetail request ? request.getAuditId() : span.getKind() + " span";
        String owner = wantedBy.getOrDefault(auditId, "");
        String found = parent == null ? "" : parent.getObject().getUid();
        if (!owner.equals(found)) {
            differ(object, auditId + " hangs on '" + found + "', expected '" + owner + "'");
        }
    }

    private void named(ObjectName object, Span span, @Nullable Span parent) {
        // an Event that names no uid is about a name; which life that was is found by name when it is read
        boolean untouched = span.getKind() == SpanKind.EVENT
                && (span.getObject().getUid().isEmpty()
                        || !expected.uidsByObject().containsKey(object));
        if (parent == null) {
            if (!untouched) {
                differ(object, span.getKind() + " span hangs on no span");
            }
        } else if (!parent.getObject().getUid().equals(span.getObject().getUid())) {
            differ(object, span.getKind() + " span hangs on another incarnation");
        } else if (span.getDetail() instanceof RequestDetail request
                && TOOK_PLACE.contains(request.getEffect())
                && beganOutside(span, parent)) {
            differ(object, request.getAuditId() + " took effect outside the life of its object");
        }
    }

    /** What a life names as its cause is there, on the same object. */
    private void life(Span object, ObjectDetail life) {
        cause(object, life.getCreatedBySpanId(), "creation");
        cause(object, life.getDeletionRequestedBySpanId(), "request for deletion");
        cause(object, life.getDeletedBySpanId(), "deletion");
        Span previous = life.getPreviousSpanId() == null ? null : spans.get(life.getPreviousSpanId());
        ObjectName name = SpanSetCheck.name(object.getObject());
        if (life.getPreviousSpanId() != null
                && (previous == null
                        || !SpanSetCheck.name(previous.getObject()).equals(name)
                        || previous.getStartMicros().isAfter(object.getStartMicros()))) {
            differ(name, "has a previous incarnation that is none");
        }
    }

    private void cause(Span object, @Nullable SpanId id, String what) {
        Span cause = id == null ? object : spans.get(id);
        if (cause == null || !cause.getObjectSpanId().equals(object.getSpanId())) {
            differ(SpanSetCheck.name(object.getObject()), "has a " + what + " that is not its own");
        }
    }

    private void circle(Span object) {
        Set<SpanId> seen = new HashSet<>();
        List<SpanId> level = List.of(object.getSpanId());
        while (!level.isEmpty()) {
            List<SpanId> next = new ArrayList<>();
            for (SpanId id : level) {
                Span span = spans.get(id);
                if (seen.add(id) && span != null && span.getDetail() instanceof ObjectDetail life) {
                    for (OwnerLink owner : life.getOwners()) {
                        next.add(owner.getSpanId());
                    }
                }
            }
            if (next.contains(object.getSpanId())) {
                differ(SpanSetCheck.name(object.getObject()), "owns itself");
                return;
            }
            level = next;
        }
    }

    private static boolean outside(Span span, Span parent) {
        boolean late = parent.getEndMicros() != null
                && span.getEndMicros() != null
                && span.getEndMicros().isAfter(parent.getEndMicros());
        return late || beganOutside(span, parent);
    }

    private static boolean beganOutside(Span span, Span parent) {
        return span.getStartMicros().isBefore(parent.getStartMicros())
                || parent.getEndMicros() != null && span.getStartMicros().isAfter(parent.getEndMicros());
    }

    private void differ(Object where, String what) {
        differences.add(where + " " + what);
    }
}
