package io.tidemark.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Holds JSON to the schemas of the OpenAPI document: types, required members, no undescribed ones, patterns, enums. */
public final class DescribedShapes {
    private final JsonNode document;

    public DescribedShapes() throws IOException {
        document = new YAMLMapper().readTree(Description.read());
    }

    /** The whole of it. */
    public JsonNode document() {
        return document;
    }

    /** What is wrong with the value, as path and complaint. */
    public List<String> faults(String schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check(document.at("/components/schemas/" + schema), value, schema, faults);
        return faults;
    }

    /** The names of a path's parameters. */
    public Set<String> parameters(String path) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : document.get("paths").get(path).at("/get/parameters")) {
            JsonNode resolved = parameter.has("$ref")
                    ? document.at(parameter.get("$ref").asText().substring(1))
                    : parameter;
            names.add(resolved.get("name").asText());
        }
        return names;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> faults) {
        JsonNode shape =
                schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        if (!hasType(shape.get("type"), value)) {
            faults.add(path + ": expected " + shape.get("type") + ", found " + value);
            return;
        }
        if (value.isTextual()
                && shape.has("pattern")
                && !Pattern.matches(shape.get("pattern").asText(), value.asText())) {
            faults.add(path + ": '" + value.asText() + "' does not match " + shape.get("pattern"));
        }
        if (shape.has("enum") && shape.get("enum").valueStream().noneMatch(value::equals)) {
            faults.add(path + ": " + value + " is none of " + shape.get("enum"));
        }
        if (value.isArray() && shape.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(shape.get("items"), value.get(i), path + "[" + i + "]", faults);
            }
        }
        if (value.isObject() && (shape.has("properties") || shape.has("additionalProperties"))) {
            members(shape, value, path, faults);
        }
    }

    private void members(JsonNode shape, JsonNode value, String path, List<String> faults) {
        for (JsonNode required : shape.path("required")) {
            if (!value.has(required.asText())) {
                faults.add(path + ": member " + required.asText() + " is missing");
            }
        }
        value.properties().forEach(member -> {
            JsonNode known = shape.path("properties").path(member.getKey());
            JsonNode described = known.isMissingNode() ? shape.path("additionalProperties") : known;
            if (described.isMissingNode()) {
                faults.add(path + ": member " + member.getKey() + " is not described");
            } else {
                check(described, member.getValue(), path + "." + member.getKey(), faults);
            }
        });
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type == null) {
            return true;
        }
        if (type.isArray()) {
            return type.valueStream().anyMatch(each -> hasType(each, value));
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("type " + type);
        };
    }
}
