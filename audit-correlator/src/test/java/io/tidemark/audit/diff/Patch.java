package io.tidemark.audit.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does to a tree what changes say, from their paths alone. Knows nothing of schemas. */
final class Patch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STEP =
            Pattern.compile("\\.?([A-Za-z_][A-Za-z0-9_]*)|\\[((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\]\"])*)\\]");
    private static final Pattern KEY = Pattern.compile("(\\w+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^,]*),?");

    private Patch() {}

    static JsonNode apply(List<FieldChange> changes, JsonNode before) throws JsonProcessingException {
        JsonNode tree = before.deepCopy();
        for (FieldChange change : changes) {
            String json = change.afterJson();
            List<String> steps = steps(change.path());
            JsonNode parent = tree;
            for (String step : steps.subList(0, steps.size() - 1)) {
                parent = child(parent, step);
            }
            put(parent, steps.getLast(), json == null ? null : JSON.readTree(json));
        }
        return tree;
    }

    static List<FieldChange> reverse(List<FieldChange> changes) {
        return changes.stream()
                .map(change -> new FieldChange(change.path(), change.afterJson(), change.beforeJson()))
                .toList();
    }

    /** Text that is the same for trees that differ in the order of members and elements only. */
    static String unordered(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), unordered(member.getValue())));
            return members.toString();
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(unordered(element)));
            return elements.stream().sorted().collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 0;
        while (at < path.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new AssertionError("not a path from " + at + ": " + path);
            }
            steps.add(matcher.group(1) != null ? "\"" + matcher.group(1) + "\"" : matcher.group(2));
            at = matcher.end();
        }
        return steps;
    }

    private static JsonNode child(JsonNode parent, String step) throws JsonProcessingException {
        return parent.isObject()
                ? parent.get(JSON.readTree(step).asText())
                : parent.get(index((ArrayNode) parent, step));
    }

    private static void put(JsonNode parent, String step, JsonNode value) throws JsonProcessingException {
        if (parent instanceof ObjectNode object) {
            String name = JSON.readTree(step).asText();
            if (value == null) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
            return;
        }
        ArrayNode array = (ArrayNode) parent;
        int index = index(array, step);
        if (value == null) {
            array.remove(index);
        } else if (index < 0) {
            array.add(value);
        } else {
            array.set(index, value);
        }
    }

    private static int index(ArrayNode array, String step) throws JsonProcessingException {
        if (Character.isDigit(step.charAt(0))) {
            return Integer.parseInt(step);
        }
        for (int i = 0; i < array.size(); i++) {
            if (matches(array.get(i), step)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(JsonNode element, String step) throws JsonProcessingException {
        if (step.charAt(0) == '"') {
            return JSON.readTree(step).equals(element);
        }
        if (step.charAt(0) == '=') {
            return element.toString().equals(step.substring(1));
        }
        Matcher keys = KEY.matcher(step);
        boolean matches = true;
        while (keys.find()) {
            String wanted = keys.group(2).startsWith("\"")
                    ? JSON.readTree(keys.group(2)).asText()
                    : keys.group(2);
            String present = element.path(keys.group(1)).isMissingNode()
                    ? "TCP"
                    : element.get(keys.group(1)).asText();
            matches &= wanted.equals(present);
        }
        return matches;
    }
}
