package io.tidemark.audit.diff;

import java.util.List;

/**
 * How two versions differ.
 *
 * @param fields the changes, in the order of the members before, then added ones in the order after
 * @param omitted how many further changes were left out because of {@link DiffLimits#changes()}
 */
public record Changes(List<FieldChange> fields, int omitted) {
    static final Changes NONE = new Changes(List.of(), 0);

    /** Takes an unchangeable copy of the list. */
    public Changes {
        fields = List.copyOf(fields);
        if (omitted < 0) {
            throw new IllegalArgumentException("omitted must not be negative: " + omitted);
        }
    }

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }
}
