package io.tidemark.audit.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.audit.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 6902 patch that an API server has applied already, applied once more to what is known of the object. It is
 * lenient: the object that a webhook saw had defaults which the one that was sent lacks, so what is missing on the way to
 * a place is put there, and what cannot be done is left out.
 */
final class JsonPatch {
    private final JsonNode operations;

    private JsonPatch(JsonNode operations) {
        this.operations = operations;
    }

    static JsonPatch of(JsonNode operations) {
        return new JsonPatch(operations);
    }

    /** The object after all operations; the one given stays as it is. */
    JsonNode applied(JsonNode object) {
        JsonNode root = object.deepCopy();
        for (JsonNode operation : operations) {
            List<String> path = pointer(operation.path("path").asText());
            if (!path.isEmpty()) {
                apply(root, operation, path);
            }
        }
        return root;
    }

    /** What each operation puts or removes, where the object itself is not known: places are numbered, not named. */
    List<Change> puts() {
        List<Change> changes = new ArrayList<>();
        for (JsonNode operation : operations) {
            JsonNode value = operation.get("value");
            switch (operation.path("op").asText()) {
                case "add", "replace" ->
                    changes.add(new Change(dotted(operation), null, value == null ? null : value.toString()));
                case "remove" -> changes.add(new Change(dotted(operation), null, null));
                default -> {
                    // test changes nothing; move and copy put what is not known
                }
            }
        }
        return changes;
    }

    private static void apply(JsonNode root, JsonNode operation, List<String> path) {
        List<String> from = pointer(operation.path("from").asText());
        switch (operation.path("op").asText()) {
            case "add", "replace" -> put(root, path, operation.path("value"), isAdd(operation));
            case "remove" -> remove(root, path);
            case "copy" -> put(root, path, find(root, from), true);
            case "move" -> {
                JsonNode moved = find(root, from);
                remove(root, from);
                put(root, path, moved, true);
            }
            default -> {
                // test changes nothing
            }
        }
    }

    private static boolean isAdd(JsonNode operation) {
        return operation.path("op").asText().equals("add");
    }

    private static void put(JsonNode root, List<String> path, JsonNode value, boolean insert) {
        if (value.isMissingNode()) {
            return;
        }
        JsonNode parent = root;
        for (int i = 0; i < path.size() - 1; i++) {
            parent = step(parent, path.get(i), path.get(i + 1));
            if (parent == null) {
                return;
            }
        }
        String last = path.getLast();
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            int index = last.equals("-") ? array.size() : index(last, array);
            if (index == array.size()) {
                array.add(value);
            } else if (index >= 0 && insert) {
                array.insert(index, value);
            } else if (index >= 0) {
                array.set(index, value);
            }
        }
    }

    private static @Nullable JsonNode step(JsonNode parent, String name, String next) {
        if (parent instanceof ArrayNode array) {
            int index = index(name, array);
            return index < 0 || index == array.size() ? null : array.get(index);
        }
        if (!(parent instanceof ObjectNode object)) {
            return null;
        }
        JsonNode child = object.get(name);
        if (child == null || child.isNull()) {
            return next.equals("-") || next.equals("0") ? object.putArray(name) : object.putObject(name);
        }
        return child;
    }

    private static void remove(JsonNode root, List<String> path) {
        JsonNode parent = path.isEmpty() ? root : find(root, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object && !path.isEmpty()) {
            object.remove(path.getLast());
        } else if (parent instanceof ArrayNode array) {
            int index = index(path.getLast(), array);
            if (index >= 0 && index < array.size()) {
                array.remove(index);
            }
        }
    }

    private static JsonNode find(JsonNode root, List<String> path) {
        JsonNode found = root;
        for (String step : path) {
            found = found instanceof ArrayNode array ? array.path(index(step, array)) : found.path(step);
        }
        return found;
    }

    /** An index up to one behind the last; -1 for anything else. */
    private static int index(String text, ArrayNode array) {
        if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int index = Integer.parseInt(text);
        return index <= array.size() ? index : -1;
    }

    /** The steps of a JSON pointer (RFC 6901); none for the whole document or for what is no pointer. */
    private static List<String> pointer(String text) {
        if (!text.startsWith("/")) {
            return List.of();
        }
        return Arrays.stream(text.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** {@code /spec/containers/0/image} as {@code spec.containers[0].image}. */
    private static String dotted(JsonNode operation) {
        StringBuilder text = new StringBuilder();
        for (String step : pointer(operation.path("path").asText())) {
            if (step.equals("-") || !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
                text.append('[').append(step).append(']');
            } else if (step.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                text.append(text.isEmpty() ? "" : ".").append(step);
            } else {
                text.append('[')
                        .append('"')
                        .append(step.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"')
                        .append(']');
            }
        }
        return text.toString();
    }
}
