package io.tidemark.audit.fact;

import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.correlate.BodyShape;
import org.jspecify.annotations.Nullable;

/**
 * What one audit event alone tells about its request's effect. Whether an update or a deletion really wrote something
 * also depends on the neighbours and is concluded later, by {@code audit.correlate}.
 *
 * <p>Source of the rules: {@code pkg/registry/generic/registry/store.go} of the API server (deletion during update,
 * graceful deletion, answers of deletions), and the recorded cluster of the tests.
 *
 * @param effect the effect
 * @param reason why, when it is not plain from verb and code
 * @param shape what the answer's body is
 */
record LocalEffect(Effect effect, String reason, BodyShape shape) {

    static LocalEffect of(AuditRecord event, RequestBody asked) {
        BodyShape shape = shapeOf(event);
        if (!event.stage.equals("ResponseComplete") && !event.stage.equals("ResponseStarted")) {
            return new LocalEffect(Effect.UNKNOWN, "the API server panicked", shape);
        }
        if (Scope.isSession(event.subresource)) {
            return ofSession(event);
        }
        if (event.code >= 500) {
            return new LocalEffect(Effect.UNKNOWN, "server error: it may have been written all the same", shape);
        }
        if (event.code >= 300) {
            return new LocalEffect(Effect.FAILED, "", BodyShape.NONE);
        }
        if (closedEarly(event)) {
            return new LocalEffect(Effect.UNKNOWN, "the connection closed before the answer was sent", shape);
        }
        if (asked.dryRun()) {
            return new LocalEffect(Effect.DRY_RUN, "", BodyShape.NONE);
        }
        return switch (event.verb) {
            case "create" -> ofCreate(event, shape);
            case "update", "patch" -> ofUpdate(event, shape);
            case "delete" -> ofDelete(event, shape);
            case "deletecollection" -> ofCollection(event);
            default -> new LocalEffect(Effect.UNKNOWN, "verb " + event.verb, BodyShape.NONE);
        };
    }

    /** The API server fakes a success when a handler ended without writing anything: {@code filters/audit.go}. */
    private static boolean closedEarly(AuditRecord event) {
        return event.message.equals("Connection closed early");
    }

    private static LocalEffect ofSession(AuditRecord event) {
        String reason = closedEarly(event) ? "the connection closed before it was answered" : "";
        return new LocalEffect(event.code >= 400 ? Effect.FAILED : Effect.SESSION, reason, BodyShape.NONE);
    }

    private static LocalEffect ofCreate(AuditRecord event, BodyShape shape) {
        return switch (event.subresource) {
            case "" -> new LocalEffect(Effect.CREATED, unresolved(event), shape);
            case "token" -> new LocalEffect(Effect.ISSUED, "", BodyShape.NONE);
            case "binding" -> new LocalEffect(Effect.ACCEPTED, "bound to a node", BodyShape.NONE);
            case "eviction" ->
                event.request == null
                        ? new LocalEffect(Effect.UNKNOWN, maybeDry(event), BodyShape.NONE)
                        : new LocalEffect(Effect.ACCEPTED, "eviction granted", BodyShape.NONE);
            default -> new LocalEffect(Effect.ACCEPTED, "", BodyShape.NONE);
        };
    }

    /** A name that the API server generated stands in its answer only. */
    private static String unresolved(AuditRecord event) {
        return event.name.isEmpty() && event.response == null ? hidden(event) + " and with it the name" : "";
    }

    private static LocalEffect ofUpdate(AuditRecord event, BodyShape shape) {
        if (event.code == 201) {
            return new LocalEffect(Effect.CREATED, "created by " + event.verb, shape);
        }
        Body body = event.response;
        if (body == null || shape == BodyShape.NONE) {
            String why = body == null ? hidden(event) : "the answer shows no object";
            return new LocalEffect(Effect.UNKNOWN, why, shape);
        }
        if (lastFinalizerLeft(body)) {
            return new LocalEffect(Effect.DELETED, "last finalizer removed", shape);
        }
        if (!event.resourceVersion.isEmpty() && event.resourceVersion.equals(body.resourceVersion)) {
            return new LocalEffect(Effect.NO_CHANGE, "the answer is the version that was sent", shape);
        }
        return new LocalEffect(Effect.UPDATED, "", shape);
    }

    /**
     * The update that takes the last finalizer from a deleting object deletes it and answers its old version. Pods that
     * wait for their grace period and namespaces with finalizers in their spec are deleting too, but stay.
     */
    private static boolean lastFinalizerLeft(Body body) {
        return !body.deletionTimestamp.isEmpty()
                && body.finalizers == 0
                && body.specFinalizers == 0
                && body.gracePeriodSeconds <= 0;
    }

    private static LocalEffect ofDelete(AuditRecord event, BodyShape shape) {
        Body body = event.response;
        if (body == null) {
            return new LocalEffect(Effect.UNKNOWN, maybeDry(event), shape);
        }
        if (body.kind.equals("Status")) {
            return new LocalEffect(Effect.DELETED, "", BodyShape.NONE);
        }
        boolean stays = !body.deletionTimestamp.isEmpty() && (body.gracePeriodSeconds > 0 || body.finalizers > 0);
        boolean namespace = event.resource.equals("namespaces") && event.group.isEmpty();
        return stays || namespace
                ? new LocalEffect(Effect.DELETION_STARTED, namespace ? "its contents go first" : waitsFor(body), shape)
                : new LocalEffect(Effect.DELETED, "", shape);
    }

    private static String waitsFor(Body body) {
        return body.finalizers > 0
                ? "waits for " + body.finalizers + (body.finalizers == 1 ? " finalizer" : " finalizers")
                : "grace period of " + body.gracePeriodSeconds + " s";
    }

    private static LocalEffect ofCollection(AuditRecord event) {
        return event.response == null
                ? new LocalEffect(Effect.UNKNOWN, maybeDry(event), BodyShape.NONE)
                : new LocalEffect(Effect.COLLECTION_DELETED, "", BodyShape.NONE);
    }

    /** Deletions say in their body only that they are dry runs. */
    private static String maybeDry(AuditRecord event) {
        return hidden(event) + "; it may have been a dry run";
    }

    private static String hidden(AuditRecord event) {
        if (event.truncated()) {
            return "the API server cut the bodies off";
        }
        return event.level.equals("RequestResponse")
                ? "the event has no bodies, as those of requests passed on to another API server"
                : "audit level " + event.level + " hides the answer";
    }

    private static BodyShape shapeOf(AuditRecord event) {
        @Nullable Body body = event.response;
        if (body == null || body.kind.isEmpty() || body.items != null) {
            return BodyShape.NONE;
        }
        return switch (body.kind) {
            case "Status" -> BodyShape.NONE;
            case "PartialObjectMetadata" -> BodyShape.METADATA;
            case "Scale" -> event.subresource.equals("scale") ? BodyShape.SCALE : BodyShape.WHOLE;
            default -> body.hasMetadata ? BodyShape.WHOLE : BodyShape.NONE;
        };
    }
}
