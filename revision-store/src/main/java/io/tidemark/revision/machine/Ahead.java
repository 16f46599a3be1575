package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Cleared;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Granted;
import io.tidemark.revision.machine.Transaction.Raised;
import io.tidemark.revision.machine.Transaction.Write;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace as it will be: what is applied to it, and on top the transactions that are decided and not yet in the log.
 * The next command is decided on it. When they are applied below, or when it turns out that they never will be, what is
 * on top is {@link #forget forgotten}.
 *
 * <pre>
 *   applied        revision 7: a = "x", b = "1"
 *   on top              8: a = "y"     9: b gone          it is at revision 9: a = "y"
 * </pre>
 *
 * <p>What was looked up below is remembered as long: a transaction compares a key, then writes it, and whoever applies it needs the
 * version before.
 *
 * Not safe for use by several threads.
 */
public final class Ahead implements Keyspace {
    /** Of versions that are remembered; what is looked up when there are more is looked up again. */
    private static final long LOOKED_UP_BYTES_MAX = 8 << 20;

    private final Keyspace applied;
    private final Map<Key, Optional<KeyValue>> lookedUp = new HashMap<>();
    private long lookedUpBytes;
    /** For each key its versions by revision; empty stands for its end. */
    private final NavigableMap<Key, NavigableMap<Long, Optional<KeyValue>>> written = new TreeMap<>();

    private final Map<Long, Optional<Lease>> leases = new HashMap<>();
    /** Null while nothing was asked for them since the last group. */
    private @Nullable Alarms alarms;

    private @Nullable Auth auth;

    /** Revision of the newest write on top; 0 for none. */
    private long newest;

    private long compacted = Long.MIN_VALUE;

    public Ahead(Keyspace applied) {
        this.applied = applied;
    }

    /**
     * Puts a decided transaction on top.
     *
     * @throws IllegalStateException when it was not decided on this state
     */
    public void add(Transaction transaction) {
        switch (transaction) {
            case Write write -> add(write);
            case Compacted compaction -> compacted = compaction.revision();
            case Granted granted -> leases.put(granted.lease().id(), Optional.of(granted.lease()));
            case Ended ended -> leases.put(ended.lease(), Optional.empty());
            case Raised raised -> alarms = alarms().with(raised.alarm());
            case Cleared cleared -> alarms = alarms().without(cleared.alarm());
            case Loaded loaded -> add(loaded);
            case AuthChanged changed -> auth = auth().with(changed);
        }
    }

    private void add(Write write) {
        if (write.revision() != revision() + 1) {
            throw new IllegalStateException("expected revision " + (revision() + 1) + ", found " + write.revision());
        }
        add(write.revision(), write.changes());
        if (write.endedLease() != 0) {
            leases.put(write.endedLease(), Optional.empty());
        }
    }

    private void add(Loaded loaded) {
        if (loaded.revisions().getFirst().revision() <= revision()) {
            throw new IllegalStateException("expected revisions above " + revision() + ", found "
                    + loaded.revisions().getFirst().revision());
        }
        loaded.revisions().forEach(next -> add(next.revision(), next.changes()));
        compacted = loaded.compacted(compacted());
    }

    private void add(long at, List<Change> changes) {
        for (Change change : changes) {
            Optional<KeyValue> now = change instanceof Change.Put put ? Optional.of(put.kv()) : Optional.empty();
            written.computeIfAbsent(change.key(), key -> new TreeMap<>()).put(at, now);
        }
        newest = at;
    }

    /** Back to what is applied. */
    public void forget() {
        lookedUp.clear();
        lookedUpBytes = 0;
        written.clear();
        leases.clear();
        alarms = null;
        auth = null;
        newest = 0;
        compacted = Long.MIN_VALUE;
    }

    @Override
    public long revision() {
        return newest == 0 ? applied.revision() : newest;
    }

    @Override
    public long compacted() {
        return Math.max(compacted, applied.compacted());
    }

    @Override
    public @Nullable KeyValue newest(Key key) {
        NavigableMap<Long, Optional<KeyValue>> versions = written.get(key);
        return (versions == null ? below(key) : versions.lastEntry().getValue()).orElse(null);
    }

    private Optional<KeyValue> below(Key key) {
        Optional<KeyValue> known = lookedUp.get(key);
        if (known != null) {
            return known;
        }
        Optional<KeyValue> found = Optional.ofNullable(applied.newest(key));
        long bytes =
                (long) key.bytes().length + found.map(kv -> kv.value().length).orElse(0);
        if (lookedUpBytes + bytes <= LOOKED_UP_BYTES_MAX) {
            lookedUpBytes += bytes;
            lookedUp.put(key, found);
        }
        return found;
    }

    /** Newest versions in what is applied, empty for keys that are not there: those that were looked up. */
    public Map<Key, Optional<KeyValue>> lookedUp() {
        return Collections.unmodifiableMap(lookedUp);
    }

    @Override
    public List<KeyValue> newest(KeyRange range) {
        if (range.isSingle()) {
            KeyValue found = newest(range.key());
            return found == null ? List.of() : List.of(found);
        }
        return over(applied.newest(range), range, Long.MAX_VALUE);
    }

    @Override
    public List<KeyValue> at(KeyRange range, long revision) {
        return revision <= applied.revision()
                ? applied.at(range, revision)
                : over(applied.newest(range), range, revision);
    }

    @Override
    public List<Key> keys(KeyRange range, int most) {
        if (range.isSingle()) {
            return newest(range).stream().map(KeyValue::key).limit(most).toList();
        }
        return Overlay.keys(applied, range, most, own(range, Long.MAX_VALUE));
    }

    private List<KeyValue> over(List<KeyValue> below, KeyRange range, long revision) {
        return Overlay.on(below, own(range, revision));
    }

    private Map<Key, Optional<KeyValue>> own(KeyRange range, long revision) {
        Map<Key, Optional<KeyValue>> own = new TreeMap<>();
        range.within(written).forEach((key, versions) -> {
            Map.Entry<Long, Optional<KeyValue>> then = versions.floorEntry(revision);
            if (then != null) {
                own.put(key, then.getValue());
            }
        });
        return own;
    }

    @Override
    public @Nullable Lease lease(long id) {
        Optional<Lease> own = leases.get(id);
        return own == null ? applied.lease(id) : own.orElse(null);
    }

    @Override
    public Auth auth() {
        Auth now = auth;
        if (now == null) {
            now = applied.auth();
            auth = now;
        }
        return now;
    }

    @Override
    public Alarms alarms() {
        Alarms now = alarms;
        if (now == null) {
            now = applied.alarms();
            alarms = now;
        }
        return now;
    }

    @Override
    public List<Key> keysOf(long lease) {
        TreeSet<Key> keys = new TreeSet<>(applied.keysOf(lease));
        written.forEach((key, versions) -> {
            boolean attached = versions.lastEntry().getValue().stream().anyMatch(kv -> kv.lease() == lease);
            if (attached) {
                keys.add(key);
            } else {
                keys.remove(key);
            }
        });
        return List.copyOf(keys);
    }
}
