package io.tidemark.tests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.schema.audit.Effect;

/** What one request did as far as its own audit event shows. */
final class LoneEffect {
    private LoneEffect() {}

    static Effect of(AuditLine line) {
        if (line.session()) {
            return line.code() >= 400 ? Effect.FAILED : Effect.SESSION;
        }
        if (line.code() >= 500 || line.tree().path("stage").asText().equals("Panic")) {
            return Effect.UNKNOWN;
        }
        if (!line.succeeded()) {
            return Effect.FAILED;
        }
        if (line.tree().at("/responseStatus/message").asText().equals("Connection closed early")) {
            return Effect.UNKNOWN;
        }
        if (line.dryRun()) {
            return Effect.DRY_RUN;
        }
        return switch (line.verb()) {
            case "create" -> ofCreate(line);
            case "update", "patch" -> ofUpdate(line);
            case "delete" -> ofDelete(line);
            // whether a deletion was a dry run stands in its body
            case "deletecollection" -> line.answer().isMissingNode() ? Effect.UNKNOWN : Effect.COLLECTION_DELETED;
            default -> Effect.UNKNOWN;
        };
    }

    private static Effect ofCreate(AuditLine line) {
        boolean hidden = line.tree().path("requestObject").isMissingNode();
        return switch (line.subresource()) {
            case "" -> Effect.CREATED;
            case "eviction" -> hidden ? Effect.UNKNOWN : Effect.ACCEPTED;
            case "token" -> Effect.ISSUED;
            default -> Effect.ACCEPTED;
        };
    }

    private static Effect ofUpdate(AuditLine line) {
        if (line.code() == 201) {
            return Effect.CREATED;
        }
        JsonNode stored = line.stored();
        if (stored.isMissingNode()) {
            return Effect.UNKNOWN;
        }
        if (deleting(stored) && !held(stored)) {
            return Effect.DELETED; // its last finalizer left
        }
        String base = line.reference().path("resourceVersion").asText();
        return !base.isEmpty() && base.equals(version(stored)) ? Effect.NO_CHANGE : Effect.UPDATED;
    }

    private static Effect ofDelete(AuditLine line) {
        if (line.answerKind().equals("Status")) {
            return Effect.DELETED;
        }
        JsonNode stored = line.stored();
        if (stored.isMissingNode()) {
            return Effect.UNKNOWN;
        }
        return deleting(stored) && held(stored) ? Effect.DELETION_STARTED : Effect.DELETED;
    }

    /** What a deletecollection did to one object of its answer. */
    static Effect ofItem(AuditLine line, JsonNode item) {
        if (deleting(item)) {
            return Effect.NO_CHANGE;
        }
        JsonNode options = line.tree().path("requestObject");
        boolean waits = !item.path("metadata").path("finalizers").isEmpty()
                || options.path("propagationPolicy").asText().equals("Foreground");
        return waits || graceful(line, options, item) ? Effect.DELETION_STARTED : Effect.DELETED;
    }

    private static boolean graceful(AuditLine line, JsonNode options, JsonNode item) {
        if (!line.resource().equals("pods")
                || item.path("spec").path("nodeName").asText().isEmpty()) {
            return false;
        }
        String phase = item.path("status").path("phase").asText();
        long own = item.path("spec").path("terminationGracePeriodSeconds").asLong(30);
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        return !over && options.path("gracePeriodSeconds").asLong(own) > 0;
    }

    private static boolean deleting(JsonNode stored) {
        return stored.path("metadata").has("deletionTimestamp");
    }

    /** Something keeps a deleting object in the store: a finalizer, a namespace's contents, a grace period. */
    private static boolean held(JsonNode stored) {
        JsonNode meta = stored.path("metadata");
        return !meta.path("finalizers").isEmpty()
                || (stored.path("kind").asText().equals("Namespace")
                        && !stored.path("spec").path("finalizers").isEmpty())
                || meta.path("deletionGracePeriodSeconds").asLong(0) > 0;
    }

    static String version(JsonNode stored) {
        return stored.path("metadata").path("resourceVersion").asText();
    }
}
