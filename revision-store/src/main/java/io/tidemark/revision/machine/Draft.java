package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Transaction.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest state with the writes of one transaction on top, which has not been decided yet. */
final class Draft {
    private final Keyspace state;
    private final TreeMap<Key, Optional<KeyValue>> written = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    Draft(Keyspace state) {
        this.state = state;
    }

    /** The revision that it is at: one more than the state's as soon as something was written. */
    long revision() {
        return changes.isEmpty() ? state.revision() : state.revision() + 1;
    }

    /** In the order in which they were made. */
    List<Change> changes() {
        return changes;
    }

    @Nullable
    KeyValue newest(Key key) {
        Optional<KeyValue> own = written.get(key);
        return own == null ? state.newest(key) : own.orElse(null);
    }

    List<KeyValue> newest(KeyRange range) {
        return Overlay.on(state.newest(range), range.within(written));
    }

    /** The keys that exist, at most so many. */
    List<Key> keys(KeyRange range, int most) {
        return Overlay.keys(state, range, most, range.within(written));
    }

    /** Writes the next version of a key; the one before it, null when there was none. */
    void put(Key key, byte[] value, long lease, @Nullable KeyValue before) {
        long revision = state.revision() + 1;
        KeyValue kv = new KeyValue(
                key,
                before == null ? revision : before.createRevision(),
                revision,
                before == null ? 1 : before.version() + 1,
                value,
                lease);
        written.put(key, Optional.of(kv));
        changes.add(new Change.Put(kv));
    }

    void delete(Key key) {
        written.put(key, Optional.empty());
        changes.add(new Change.Delete(key));
    }
}
