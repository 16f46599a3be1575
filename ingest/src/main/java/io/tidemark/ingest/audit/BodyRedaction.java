package io.tidemark.ingest.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Redacts one body, requestObject or responseObject, of an event that a rule applies to. */
interface BodyRedaction {
    String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /**
     * Gives the body without the values that must not be kept; may change the tree it got.
     *
     * @param body the body, never absent
     * @param verb verb of the request
     * @param response whether it is the answer
     */
    JsonNode redact(JsonNode body, String verb, boolean response);

    /** A JSON patch: the only bodies that are arrays. */
    static boolean isJsonPatch(JsonNode body) {
        return body.isArray();
    }

    /** Replaces the copy of the whole object that kubectl apply leaves in an annotation. */
    static void redactLastApplied(JsonNode metadata, RedactionHash hash) {
        if (metadata.path("annotations") instanceof ObjectNode annotations && annotations.hasNonNull(LAST_APPLIED)) {
            annotations.set(LAST_APPLIED, hash.of(annotations.get(LAST_APPLIED)));
        }
    }

    /** Replaces each scalar below; absent and null stay, they tell of a deletion and hold nothing. */
    static JsonNode redactLeaves(JsonNode value, RedactionHash hash, boolean base64) {
        return switch (value) {
            case ObjectNode object -> {
                object.properties().forEach(member -> member.setValue(redactLeaves(member.getValue(), hash, base64)));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, redactLeaves(array.get(i), hash, base64));
                }
                yield array;
            }
            default -> value.isNull() || value.isMissingNode() ? value : base64 ? hash.ofBase64(value) : hash.of(value);
        };
    }
}
