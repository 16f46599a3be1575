package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a range that changed after a revision.
 *
 * @param keys what they were at the revision and what they are now
 */
record ChangesSince(NavigableMap<Key, Changed> keys) {
    /**
     * @param before revision of the version at the revision; 0 when it did not exist
     * @param existsNow whether it exists in the newest state
     */
    record Changed(long before, boolean existsNow) {}

    /** @return null when there are more changes than {@code most}, of any keys */
    static @Nullable ChangesSince of(Reader reader, KeyRange range, long revision, int most) {
        Key to = range.to();
        NavigableMap<Key, Changed> keys = new TreeMap<>();
        try (Cursor changes = reader.cursor(Table.CHANGES, StoredKeys.change(revision + 1, 0), null)) {
            for (int seen = 0; changes.valid(); seen++) {
                if (seen == most) {
                    return null;
                }
                StoredChange change = StoredChange.decode(changes.value());
                if (change.key().compareTo(range.key()) >= 0
                        && (to == null || change.key().compareTo(to) < 0)) {
                    keys.merge(
                            change.key(),
                            new Changed(change.before(), !change.deletion()),
                            (first, last) -> new Changed(first.before(), last.existsNow()));
                }
                changes.next();
            }
        }
        return new ChangesSince(keys);
    }

    /** How many more keys there were than there are now; negative for less. */
    long moreThen() {
        return keys.values().stream()
                .mapToLong(changed -> (changed.before() > 0 ? 1 : 0) - (changed.existsNow() ? 1 : 0))
                .sum();
    }
}
