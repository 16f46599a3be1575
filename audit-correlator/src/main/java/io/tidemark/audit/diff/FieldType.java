package io.tidemark.audit.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a field.
 *
 * @param lists how a list in this field is compared
 * @param keys the keys of a {@link ListRule#KEYED} list
 * @param child type of the object in this field, or of the elements of the list
 */
record FieldType(ListRule lists, List<ListKey> keys, ObjectType child) {
    /** How two lists are compared. */
    enum ListRule {
        /** As one value. */
        ATOMIC,
        /** Element by element, told apart by keys. */
        KEYED,
        /** Scalars, added or removed. */
        SET,
        /** No schema: told apart by a unique name, type or key, else by position. */
        GUESSED
    }

    /**
     * A field by which elements are told apart.
     *
     * @param name the field
     * @param fallback value of an element without the field; null when there is none
     */
    record ListKey(String name, @Nullable String fallback) {}

    FieldType {
        keys = List.copyOf(keys);
    }
}
