package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Cleared;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Granted;
import io.tidemark.revision.machine.Transaction.Raised;
import io.tidemark.revision.machine.Transaction.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace in memory, with all of its history that was not given up: what the log says, and nothing else.
 *
 * <pre>
 *   key   versions by revision                         compacted at 6
 *   a     3 = "x"   5 = gone   8 = "y"                 8
 *   b     4 = "1"   6 = gone                           6 = gone   (a watch from 6 on is told)
 * </pre>
 *
 * Not safe for use by several threads.
 */
public final class MemoryKeyspace implements Keyspace {
    private static final long FIRST_REVISION = 1;

    /** For each key its versions by revision; null stands for its end. */
    private final NavigableMap<Key, NavigableMap<Long, Version>> keys = new TreeMap<>();

    private final Map<Long, Lease> leases = new TreeMap<>();
    private final Map<Long, TreeSet<Key>> attached = new TreeMap<>();
    private Alarms alarms = Alarms.NONE;
    private Auth auth = Auth.NONE;
    private long revision = FIRST_REVISION;
    private long compacted = -1;

    /** A version of a key, or its end. */
    private record Version(@Nullable KeyValue kv) {}

    /**
     * Takes over what was logged.
     *
     * @throws IllegalStateException when it does not follow from what was applied before: the log has a gap
     */
    public void apply(Transaction transaction) {
        switch (transaction) {
            case Write write -> write(write);
            case Compacted compaction -> compact(compaction.revision());
            case Granted granted -> leases.put(granted.lease().id(), granted.lease());
            case Ended ended -> leases.remove(ended.lease());
            case Raised raised -> alarms = alarms.with(raised.alarm());
            case Cleared cleared -> alarms = alarms.without(cleared.alarm());
            case Loaded loaded -> load(loaded);
            case AuthChanged changed -> auth = auth.with(changed);
        }
    }

    private void write(Write write) {
        if (write.revision() != revision + 1) {
            throw new IllegalStateException("expected revision " + (revision + 1) + ", found " + write.revision());
        }
        write(write.revision(), write.changes());
        leases.remove(write.endedLease());
    }

    private void load(Loaded loaded) {
        for (Loaded.Revision next : loaded.revisions()) {
            if (next.revision() <= revision) {
                throw new IllegalStateException("expected a revision above " + revision + ", found " + next.revision());
            }
            write(next.revision(), next.changes());
        }
        if (loaded.compacted(compacted) > compacted) {
            compact(loaded.compacted(compacted));
        }
    }

    private void write(long at, List<Change> changes) {
        revision = at;
        for (Change change : changes) {
            detach(change.key());
            NavigableMap<Long, Version> versions = keys.computeIfAbsent(change.key(), key -> new TreeMap<>());
            switch (change) {
                case Change.Put put -> {
                    versions.put(revision, new Version(put.kv()));
                    attach(put.kv());
                }
                case Change.Delete delete -> versions.put(revision, new Version(null));
            }
        }
    }

    private void detach(Key key) {
        KeyValue before = newest(key);
        if (before != null) {
            attached.computeIfPresent(before.lease(), (lease, others) -> {
                others.remove(key);
                return others.isEmpty() ? null : others;
            });
        }
    }

    private void attach(KeyValue kv) {
        if (kv.lease() != 0) {
            attached.computeIfAbsent(kv.lease(), lease -> new TreeSet<>()).add(kv.key());
        }
    }

    /** Of each key stays what existed at the revision, and an end that lies at it. */
    private void compact(long at) {
        compacted = at;
        keys.values().removeIf(versions -> {
            Map.Entry<Long, Version> then = versions.floorEntry(at);
            if (then != null) {
                boolean goes = then.getValue().kv() == null && then.getKey() < at;
                versions.headMap(then.getKey(), goes).clear();
            }
            return versions.isEmpty();
        });
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public long compacted() {
        return compacted;
    }

    @Override
    public @Nullable KeyValue newest(Key key) {
        NavigableMap<Long, Version> versions = keys.get(key);
        return versions == null ? null : versions.lastEntry().getValue().kv();
    }

    @Override
    public List<KeyValue> newest(KeyRange range) {
        return at(range, Long.MAX_VALUE);
    }

    @Override
    public List<Key> keys(KeyRange range, int most) {
        return newest(range).stream().map(KeyValue::key).limit(most).toList();
    }

    @Override
    public List<KeyValue> at(KeyRange range, long asOf) {
        List<KeyValue> found = new ArrayList<>();
        for (NavigableMap<Long, Version> versions : range.within(keys).values()) {
            Map.Entry<Long, Version> then = versions.floorEntry(asOf);
            KeyValue kv = then == null ? null : then.getValue().kv();
            if (kv != null) {
                found.add(kv);
            }
        }
        return found;
    }

    @Override
    public @Nullable Lease lease(long id) {
        return leases.get(id);
    }

    /** All leases, by id. */
    public List<Lease> leases() {
        return List.copyOf(leases.values());
    }

    @Override
    public Auth auth() {
        return auth;
    }

    @Override
    public Alarms alarms() {
        return alarms;
    }

    @Override
    public List<Key> keysOf(long lease) {
        return List.copyOf(attached.getOrDefault(lease, new TreeSet<>()));
    }
}
