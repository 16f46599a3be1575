package io.tidemark.audit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.audit.diff.FieldType.ListKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of {@link ObjectDiff} once more, on trees and without any thought of speed: what the fast one must agree with. */
final class TreeDiff {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:+@-]+");
    private static final Set<String> NOISE = Set.of("managedFields", "resourceVersion", "generation");

    private final List<Found> found = new ArrayList<>();

    /** A change; null for absent. */
    record Found(String path, JsonNode before, JsonNode after) {}

    static List<Found> between(JsonNode before, JsonNode after, RootType type) {
        TreeDiff diff = new TreeDiff();
        ObjectNode old = before.deepCopy();
        ObjectNode now = after.deepCopy();
        ObjectNode oldMetadata = quietMetadata(old);
        ObjectNode newMetadata = quietMetadata(now);
        for (String name : List.of("apiVersion", "kind")) {
            if (!old.has(name) || !now.has(name)) {
                old.remove(name);
                now.remove(name);
            }
        }
        diff.objects(
                "metadata",
                oldMetadata,
                newMetadata,
                type.type().field("metadata").child());
        diff.objects("", old, now, type.type());
        return diff.found;
    }

    private static ObjectNode quietMetadata(ObjectNode object) {
        JsonNode metadata = object.remove("metadata");
        ObjectNode quiet = metadata == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) metadata;
        quiet.remove(NOISE);
        return quiet;
    }

    private void objects(String path, JsonNode before, JsonNode after, ObjectType type) {
        for (String name : names(before, after)) {
            String to = IDENTIFIER.matcher(name).matches()
                    ? (path.isEmpty() ? name : path + "." + name)
                    : path + "[" + quoted(name) + "]";
            values(to, before.get(name), after.get(name), type.field(name));
        }
    }

    private static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void values(String path, JsonNode before, JsonNode after, FieldType type) {
        if (before == null || after == null) {
            found.add(new Found(path, before, after));
        } else if (before.isObject() && after.isObject()) {
            objects(path, before, after, type.child());
        } else if (before.isArray() && after.isArray()) {
            arrays(path, before, after, type);
        } else if (!before.equals(after)) {
            found.add(new Found(path, before, after));
        }
    }

    private void arrays(String path, JsonNode before, JsonNode after, FieldType type) {
        for (Function<JsonNode, String> labels : labellings(type)) {
            Map<String, JsonNode> old = labelled(before, labels);
            Map<String, JsonNode> now = labelled(after, labels);
            if (old != null && now != null) {
                Set<String> all = new LinkedHashSet<>(old.keySet());
                all.addAll(now.keySet());
                all.forEach(label -> values(path + "[" + label + "]", old.get(label), now.get(label), type));
                return;
            }
        }
        if (type.lists() != FieldType.ListRule.ATOMIC && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                values(path + "[" + i + "]", before.get(i), after.get(i), type);
            }
        } else if (!before.equals(after)) {
            found.add(new Found(path, before, after));
        }
    }

    private static List<Function<JsonNode, String>> labellings(FieldType type) {
        return switch (type.lists()) {
            case ATOMIC -> List.of();
            case KEYED -> List.of(element -> keyed(element, type.keys()));
            case SET ->
                List.of(element -> element.isTextual()
                        ? quoted(element.asText())
                        : element.isContainerNode() ? null : "=" + element);
            case GUESSED -> List.of(named("name"), named("type"), named("key"));
        };
    }

    private static Function<JsonNode, String> named(String member) {
        return element -> element.path(member).isTextual()
                ? member + "=" + bare(element.get(member).asText())
                : null;
    }

    private static String keyed(JsonNode element, List<ListKey> keys) {
        if (keys.stream().noneMatch(key -> element.has(key.name()))
                || keys.stream().anyMatch(key -> element.path(key.name()).isContainerNode())) {
            return null;
        }
        return keys.stream()
                .filter(key -> element.has(key.name()) || key.fallback() != null)
                .map(key -> key.name() + "="
                        + (!element.has(key.name())
                                ? key.fallback()
                                : element.get(key.name()).isTextual()
                                        ? bare(element.get(key.name()).asText())
                                        : element.get(key.name()).toString()))
                .collect(Collectors.joining(","));
    }

    private static Map<String, JsonNode> labelled(JsonNode array, Function<JsonNode, String> labels) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        for (JsonNode element : array) {
            String label = labels.apply(element);
            if (label == null || map.put(label, element) != null) {
                return null;
            }
        }
        return map;
    }

    private static String bare(String text) {
        return BARE.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
