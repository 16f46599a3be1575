package io.tidemark.ingest.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Redacts the values at one path: in the object, in each item of a list, and in patches that set them. */
final class PathRedaction implements BodyRedaction {
    private final List<String> path;
    private final RedactionHash hash;

    PathRedaction(List<String> path, RedactionHash hash) {
        this.path = path;
        this.hash = hash;
    }

    @Override
    public JsonNode redact(JsonNode body, String verb, boolean response) {
        if (BodyRedaction.isJsonPatch(body)) {
            body.forEach(this::redactOperation);
        } else if (body.path("kind").asText().endsWith("List")
                && body.path("items").isArray()) {
            body.path("items").forEach(this::redactObject);
        } else if (response && body.path("kind").asText().equals("Table")) {
            body.path("rows").forEach(row -> redactObject(row.path("object")));
        } else {
            redactObject(body);
        }
        return body;
    }

    private void redactObject(JsonNode object) {
        redact(object, path);
        BodyRedaction.redactLastApplied(object.path("metadata"), hash);
    }

    private JsonNode redact(JsonNode node, List<String> rest) {
        if (rest.isEmpty()) {
            return node.isNull() || node.isMissingNode() ? node : hash.of(node);
        }
        String step = rest.getFirst();
        List<String> further = rest.subList(1, rest.size());
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                if (step.equals("*") || step.equals(member.getKey())) {
                    member.setValue(redact(member.getValue(), further));
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (step.equals("*") || step.equals(Integer.toString(i))) {
                    array.set(i, redact(array.get(i), further));
                }
            }
        }
        return node;
    }

    private void redactOperation(JsonNode operation) {
        if (!(operation instanceof ObjectNode object) || !object.has("value")) {
            return;
        }
        JsonNode value = object.get("value");
        List<String> at = RedactionRule.pointer(object.path("path").asText());
        int common = Math.min(at.size(), path.size());
        boolean meets = true;
        for (int i = 0; i < common; i++) {
            meets &= path.get(i).equals("*")
                    || path.get(i).equals(at.get(i))
                    || at.get(i).equals("-");
        }
        if (at.isEmpty()) {
            redactObject(value);
        } else if (meets) {
            object.set("value", redact(value, path.subList(common, path.size())));
        } else if (at.getFirst().equals("metadata")) {
            redactAnnotations(object, at, value);
        }
    }

    private void redactAnnotations(ObjectNode operation, List<String> at, JsonNode value) {
        if (at.getLast().equals(LAST_APPLIED)) {
            operation.set("value", BodyRedaction.redactLeaves(value, hash, false));
        } else if (at.size() == 1) {
            BodyRedaction.redactLastApplied(value, hash);
        } else if (value.has(LAST_APPLIED) && value instanceof ObjectNode annotations) {
            annotations.set(LAST_APPLIED, hash.of(annotations.get(LAST_APPLIED)));
        }
    }
}
