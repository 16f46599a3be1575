package io.tidemark.watch.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place at which two values differ.
 *
 * @param path a JSON pointer (RFC 6901) into the value after the change; of what is gone, into the one before
 * @param before missing when there was nothing
 * @param after missing when there is nothing
 */
record Change(String path, JsonNode before, JsonNode after) {
    /** What tells the elements of Kubernetes' lists from each other. */
    private static final List<String> NAMES = List.of("name", "type", "key", "uid", "ip");

    /** They differ in every version of an object, and say nothing that the event does not. */
    private static final Set<String> NOISE = Set.of("/metadata/resourceVersion", "/metadata/managedFields");

    /** In the order of the value after the change; what is gone comes last at each level. */
    static List<Change> between(JsonNode before, JsonNode after) {
        List<Change> all = new ArrayList<>();
        compare("", before, after, all);
        return all;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", path);
        if (!before.isMissingNode()) {
            json.writeFieldName("before");
            json.writeRawValue(before.toString());
        }
        if (!after.isMissingNode()) {
            json.writeFieldName("after");
            json.writeRawValue(after.toString());
        }
        json.writeEndObject();
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Change> all) {
        if (before.equals(after) || NOISE.contains(path)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            members(path, before, after, all);
        } else if (before.isArray() && after.isArray()) {
            elements(path, before, after, all);
        } else {
            all.add(new Change(path, before, after));
        }
    }

    private static void members(String path, JsonNode before, JsonNode after, List<Change> all) {
        for (Map.Entry<String, JsonNode> member : after.properties()) {
            compare(path + "/" + escaped(member.getKey()), before.path(member.getKey()), member.getValue(), all);
        }
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            if (!after.has(member.getKey())) {
                compare(path + "/" + escaped(member.getKey()), member.getValue(), MissingNode.getInstance(), all);
            }
        }
    }

    /** By the name of each, when all have one; else by their places. */
    private static void elements(String path, JsonNode before, JsonNode after, List<Change> all) {
        String name = name(before, after);
        Map<String, JsonNode> old = new HashMap<>();
        Set<String> met = new HashSet<>();
        for (int i = 0; i < before.size(); i++) {
            old.put(identity(before, i, name), before.get(i));
        }
        for (int i = 0; i < after.size(); i++) {
            String identity = identity(after, i, name);
            met.add(identity);
            compare(path + "/" + i, old.getOrDefault(identity, MissingNode.getInstance()), after.get(i), all);
        }
        for (int i = 0; i < before.size(); i++) {
            if (!met.contains(identity(before, i, name))) {
                all.add(new Change(path + "/" + i, before.get(i), MissingNode.getInstance()));
            }
        }
    }

    private static String identity(JsonNode list, int place, @Nullable String name) {
        return name == null ? String.valueOf(place) : list.get(place).path(name).textValue();
    }

    private static @Nullable String name(JsonNode before, JsonNode after) {
        for (String name : NAMES) {
            if (isName(name, before) && isName(name, after)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isName(String name, JsonNode list) {
        Set<String> met = new HashSet<>();
        for (JsonNode element : list) {
            if (!element.path(name).isTextual() || !met.add(element.path(name).textValue())) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
