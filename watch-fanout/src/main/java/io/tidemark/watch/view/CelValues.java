package io.tidemark.watch.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of JSON as CEL has them. What is missing is null. */
final class CelValues {
    private CelValues() {}

    static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case BINARY -> bytes(node);
            case NULL, MISSING, POJO -> NullValue.NULL_VALUE;
        };
    }

    private static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(member -> map.put(member.getKey(), of(member.getValue())));
        return map;
    }

    private static List<Object> list(JsonNode node) {
        List<Object> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(of(element)));
        return list;
    }

    /** No conditional expression, which would make a double of the long. */
    private static Object number(JsonNode node) {
        if (node.canConvertToLong() && node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.doubleValue();
    }

    private static Object bytes(JsonNode node) {
        try {
            return CelByteString.of(node.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes that are read already", e);
        }
    }
}
