package io.tidemark.audit.diff;

import io.tidemark.audit.diff.FieldType.ListKey;
import io.tidemark.audit.diff.FieldType.ListRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the generated tables {@code list-types.tsv} and {@code kinds.tsv}; their format is told in {@code src/tools/kubernetes_tables.py}. */
final class TypeTables {
    private static final Map<String, ObjectType> TYPES = readTypes();

    private TypeTables() {}

    static ObjectType objectMeta() {
        return named("meta.v1.ObjectMeta");
    }

    /** The type of that name; {@link ObjectType#PLAIN} for {@code -} and {@link ObjectType#FREE} for {@code ?}. */
    static ObjectType named(String name) {
        return named(TYPES, name);
    }

    static List<String[]> rows(String table, int columns) {
        try (InputStream in = TypeTables.class.getResourceAsStream(table)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + table);
            }
            List<String[]> rows = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
            for (String[] row : rows) {
                if (row.length != columns) {
                    throw new IllegalStateException(
                            table + ": expected " + columns + " columns: " + String.join("|", row));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ObjectType> readTypes() {
        List<String[]> rows = rows("list-types.tsv", 5);
        Map<String, ObjectType> types = new HashMap<>();
        for (String[] row : rows) {
            types.computeIfAbsent(row[0], name -> new ObjectType());
        }
        for (String[] row : rows) {
            ObjectType owner = named(types, row[0]);
            owner.put(row[1], field(row[2], named(types, row[3]), row[4]));
        }
        return types;
    }

    private static FieldType field(String shape, ObjectType child, String keys) {
        return switch (shape) {
            case "object" ->
                new FieldType(child == ObjectType.FREE ? ListRule.GUESSED : ListRule.ATOMIC, List.of(), child);
            case "values" -> new FieldType(ListRule.ATOMIC, List.of(), ObjectType.valuesOf(child));
            case "map" -> new FieldType(ListRule.KEYED, keys(keys), child);
            case "set" -> new FieldType(ListRule.SET, List.of(), child);
            default -> throw new IllegalStateException("list-types.tsv: unknown shape " + shape);
        };
    }

    private static List<ListKey> keys(String text) {
        return Arrays.stream(text.split(",", -1)).map(TypeTables::key).toList();
    }

    private static ListKey key(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new ListKey(text, null)
                : new ListKey(text.substring(0, equals), text.substring(equals + 1));
    }

    private static ObjectType named(Map<String, ObjectType> types, String name) {
        return switch (name) {
            case "-" -> ObjectType.PLAIN;
            case "?" -> ObjectType.FREE;
            default -> {
                ObjectType type = types.get(name);
                if (type == null) {
                    throw new IllegalStateException("list-types.tsv: no such type: " + name);
                }
                yield type;
            }
        };
    }
}
