package io.tidemark.audit.diff;

import io.tidemark.audit.diff.FieldType.ListRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the fields of an object. Filled while the tables are read, unchanged afterwards. */
final class ObjectType {
    /** Nothing below is of interest: every list is atomic. */
    static final ObjectType PLAIN = closed(ListRule.ATOMIC);

    /** Nothing is known of what is below. */
    static final ObjectType FREE = closed(ListRule.GUESSED);

    private final Map<String, FieldType> fields = new HashMap<>();
    private @Nullable FieldType others;

    private static ObjectType closed(ListRule lists) {
        ObjectType type = new ObjectType();
        type.others = new FieldType(lists, List.of(), type);
        return type;
    }

    /** A map of any key to values of one type. */
    static ObjectType valuesOf(ObjectType value) {
        ObjectType type = new ObjectType();
        type.others = new FieldType(ListRule.ATOMIC, List.of(), value);
        return type;
    }

    /** An object with some fields known and all others free. */
    static ObjectType freeWith(String field, ObjectType child) {
        ObjectType type = new ObjectType();
        type.others = new FieldType(ListRule.GUESSED, List.of(), FREE);
        type.put(field, new FieldType(ListRule.ATOMIC, List.of(), child));
        return type;
    }

    void put(String field, FieldType type) {
        fields.put(field, type);
    }

    FieldType field(String name) {
        FieldType known = fields.get(name);
        if (known != null) {
            return known;
        }
        return others != null ? others : PLAIN.field(name);
    }
}
