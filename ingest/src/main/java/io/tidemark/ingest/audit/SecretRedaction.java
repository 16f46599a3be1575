package io.tidemark.ingest.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Redacts Secrets in every form a body can have: object, list, table, JSON patch, merge, strategic or apply patch. What
 * is known to be harmless stays, everything else is hashed: a misspelt {@code stringdata} in a refused patch is a
 * secret, too.
 */
final class SecretRedaction implements BodyRedaction {
    private final RedactionHash hash;

    SecretRedaction(RedactionHash hash) {
        this.hash = hash;
    }

    @Override
    public JsonNode redact(JsonNode body, String verb, boolean response) {
        if (BodyRedaction.isJsonPatch(body)) {
            body.forEach(this::redactOperation);
            return body;
        }
        if (!(body instanceof ObjectNode object)) {
            return BodyRedaction.redactLeaves(body, hash, false);
        }
        String kind = object.path("kind").asText();
        boolean options = !response && verb.startsWith("delete") && kind.equals("DeleteOptions");
        if (options || (response && kind.equals("Status"))) {
            return object; // options hold no values; a Status is treated as a failure
        }
        if (response && kind.equals("Table")) {
            object.path("rows").forEach(row -> {
                if (row.path("object") instanceof ObjectNode shown) {
                    redactSecret(shown);
                }
            });
            return object;
        }
        redactSecret(object);
        return object;
    }

    private void redactSecret(ObjectNode secret) {
        secret.properties().forEach(member -> member.setValue(redactMember(member.getKey(), member.getValue())));
    }

    private JsonNode redactMember(String name, JsonNode value) {
        return switch (name) {
            case "kind", "apiVersion", "type", "immutable" ->
                value.isContainerNode() ? BodyRedaction.redactLeaves(value, hash, false) : value;
            case "metadata" -> redactMetadata(value);
            case "items" -> redactItems(value);
            default -> BodyRedaction.redactLeaves(value, hash, name.equals("data"));
        };
    }

    private JsonNode redactItems(JsonNode items) {
        if (!(items instanceof ArrayNode array)) {
            return BodyRedaction.redactLeaves(items, hash, false);
        }
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof ObjectNode secret) {
                redactSecret(secret);
            } else {
                array.set(i, BodyRedaction.redactLeaves(array.get(i), hash, false));
            }
        }
        return array;
    }

    private JsonNode redactMetadata(JsonNode metadata) {
        if (!(metadata instanceof ObjectNode)) {
            return BodyRedaction.redactLeaves(metadata, hash, false);
        }
        BodyRedaction.redactLastApplied(metadata, hash);
        return metadata;
    }

    private void redactOperation(JsonNode operation) {
        if (!(operation instanceof ObjectNode object)) {
            return; // no operation: the API server refuses it, and a bare scalar names nothing
        }
        JsonNode value = object.get("value");
        if (value == null) {
            return;
        }
        List<String> path = RedactionRule.pointer(object.path("path").asText());
        object.set("value", redactAt(path, value));
    }

    /** The value that an operation puts at the path of a Secret. */
    private JsonNode redactAt(List<String> path, JsonNode value) {
        if (path.isEmpty()) {
            return redact(value, "patch", false);
        }
        if (path.size() == 1) {
            return redactMember(path.getFirst(), value);
        }
        if (!path.getFirst().equals("metadata")) {
            return BodyRedaction.redactLeaves(value, hash, path.getFirst().equals("data"));
        }
        if (path.equals(List.of("metadata", "annotations")) && value instanceof ObjectNode annotations) {
            ObjectNode metadata = annotations.objectNode();
            metadata.set("annotations", annotations);
            BodyRedaction.redactLastApplied(metadata, hash);
        }
        return path.getLast().equals(LAST_APPLIED) ? BodyRedaction.redactLeaves(value, hash, false) : value;
    }
}
