package io.tidemark.tests.oracle;

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
import org.jspecify.annotations.Nullable;

/**
 * A path of the span contract, followed in a tree. Steps: {@code name}, {@code ["odd name"]} of an object or {@code
 * ["text"]} of a set, {@code [key=value,key=value]} and {@code [=json]} of a list, {@code [7]} of a list by position.
 */
final class ChangedPath {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STEP =
            Pattern.compile("\\.?([A-Za-z_]\\w*)|\\[((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\]\"])*)\\]");
    private static final Pattern KEY = Pattern.compile("(\\w+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^,]*),?");

    private final List<String> steps;

    private ChangedPath(List<String> steps) {
        this.steps = steps;
    }

    static ChangedPath parse(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 0;
        while (at < path.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new AssertionError("no path from character " + at + " on: " + path);
            }
            steps.add(matcher.group(1) != null ? '"' + matcher.group(1) + '"' : matcher.group(2));
            at = matcher.end();
        }
        return new ChangedPath(steps);
    }

    /** Removes what stands at the path and returns it as JSON text; null when nothing does. */
    @Nullable
    String take(JsonNode tree) {
        JsonNode parent = tree;
        for (String step : steps.subList(0, steps.size() - 1)) {
            parent = parent instanceof ArrayNode array ? array.path(index(array, step)) : parent.path(text(step));
        }
        JsonNode taken = null;
        if (parent instanceof ObjectNode object) {
            taken = object.remove(text(steps.getLast()));
        } else if (parent instanceof ArrayNode array) {
            int index = index(array, steps.getLast());
            taken = index < 0 || index >= array.size() ? null : replaced(array, index);
        }
        return taken == null ? null : taken.toString();
    }

    /** By position the others must keep theirs. */
    private JsonNode replaced(ArrayNode array, int index) {
        boolean byPosition = Character.isDigit(steps.getLast().charAt(0));
        JsonNode taken = array.get(index);
        if (byPosition) {
            array.set(index, array.nullNode());
        } else {
            array.remove(index);
        }
        return taken;
    }

    /** Text that is the same for trees that differ in the order of members and elements only. */
    static String unordered(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> members = new TreeMap<>();
            node.properties().forEach(member -> {
                // what is left of a map or list whose only member was taken is as good as none
                String value = unordered(member.getValue());
                if (!value.equals("{}") && !value.equals("[]")) {
                    members.put(member.getKey(), value);
                }
            });
            return members.toString();
        }
        if (node.isArray()) {
            return node.valueStream().map(ChangedPath::unordered).sorted().collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }

    /** JSON text as the same text for the same value. */
    static @Nullable String canonical(@Nullable String json) {
        return json == null ? null : unordered(read(json));
    }

    /** The text that a JSON string holds; empty for anything else. */
    static String plainText(@Nullable String json) {
        return json != null && json.startsWith("\"") && json.endsWith("\"")
                ? read(json).asText()
                : "";
    }

    private static String text(String step) {
        return step.startsWith("\"") ? read(step).asText() : step;
    }

    private static int index(ArrayNode array, String step) {
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

    private static boolean matches(JsonNode element, String step) {
        if (step.charAt(0) == '"') {
            return read(step).equals(element);
        }
        if (step.charAt(0) == '=') {
            return element.toString().equals(step.substring(1));
        }
        Matcher keys = KEY.matcher(step);
        boolean matches = true;
        while (keys.find()) {
            String wanted = text(keys.group(2));
            // an absent protocol is TCP
            String present = element.path(keys.group(1)).asText("TCP");
            matches &= wanted.equals(element.has(keys.group(1)) ? present : "TCP");
        }
        return matches;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
