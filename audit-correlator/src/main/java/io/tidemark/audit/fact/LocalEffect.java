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
        if (isSession(event)) {
            return new LocalEffect(event.code >= 400 ? Effect.FAILED : Effect.SESSION, "", BodyShape.NONE);
        }
        if (event.code >= 500) {
            return new LocalEffect(Effect.UNKNOWN, "server error: it may have been written all the same", shape);
        }
        if (event.code >= 300) {
            return new LocalEffect(Effect.FAILED, "", BodyShape.NONE);
        }
        if (event.message.equals("Connection closed early")) {
            return new LocalEffect(Effect.UNKNOWN, "the connection closed before the answer was sent", shape);
        }
        if (asked.dryRun()) {
            return new LocalEffect(Effect.DRY_RUN, "", BodyShape.NONE);
        }
        return switch (event.verb) {
            case "create" -> ofCreate(event, shape);
            case "update", "patch" -> ofUpdate(event, shape);
            case "delete" -> ofDelete(event, shape);
            case "deletecollection" -> new LocalEffect(Effect.COLLECTION_DELETED, "", BodyShape.NONE);
            default -> new LocalEffect(Effect.UNKNOWN, "verb " + event.verb, BodyShape.NONE);
        };
    }

    private static boolean isSession(AuditRecord event) {
        return switch (event.subresource) {
            case "exec", "attach", "portforward", "proxy" -> true;
            default -> false;
        };
    }

    private static LocalEffect ofCreate(AuditRecord event, BodyShape shape) {
        return switch (event.subresource) {
            case "" -> new LocalEffect(Effect.CREATED, "", shape);
            case "token" -> new LocalEffect(Effect.ISSUED, "", BodyShape.NONE);
            case "binding" -> new LocalEffect(Effect.ACCEPTED, "bound to a node", BodyShape.NONE);
            case "eviction" -> new LocalEffect(Effect.ACCEPTED, "eviction granted", BodyShape.NONE);
            default -> new LocalEffect(Effect.ACCEPTED, "", BodyShape.NONE);
        };
    }

    private static LocalEffect ofUpdate(AuditRecord event, BodyShape shape) {
        if (event.code == 201) {
            return new LocalEffect(Effect.CREATED, "created by " + event.verb, shape);
        }
        Body body = event.response;
        if (body == null || shape == BodyShape.NONE) {
            return new LocalEffect(Effect.UNKNOWN, hidden(event), shape);
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
            return new LocalEffect(Effect.UNKNOWN, hidden(event) + "; it may have been a dry run", shape);
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

    private static String hidden(AuditRecord event) {
        return event.truncated()
                ? "the API server cut the bodies off"
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
