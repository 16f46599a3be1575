package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Cleared;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Granted;
import io.tidemark.revision.machine.Transaction.Raised;
import io.tidemark.revision.machine.Transaction.Write;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a group of transactions writes. Keys {@code a} of revision 3, written again at 8, and {@code b} of 4, deleted at 9:
 *
 * <pre>
 *   latest     a = element of 8                        (b is gone)
 *   history    a, 3 = at 8, 0    b, 9 = (empty)   b, 4 = at 9, 0
 *   ended      8, 0 = element    9, 0 = element
 *   changes    8, 0 = put a, before 3   9, 0 = delete b, before 4
 * </pre>
 *
 * So each version is stored once: a newest one moves to the history when it is overwritten or deleted. That makes a record
 * of the log that deletes many keys as large as all their values, so what is written goes to RocksDB in parts then: until the
 * last one is written nobody is shown any of it, and who finds the image with some of them makes it again.
 */
final class Application {
    /** A part is written when it is as large. What is usual stays below: a process that is killed between parts costs an image. */
    static final int PART_BYTES = 12 << 20;

    private static final byte[] NOTHING = {};

    private final Database database;
    private final int partBytes;
    private Map<Key, Optional<KeyValue>> known;
    private final Batch batch = new Batch();
    /** What this group made of the keys that it touched since the part before. */
    private final Map<Key, Touched> touched = new HashMap<>();

    private final NavigableMap<byte[], Integer> comings = new TreeMap<>(Arrays::compareUnsigned);
    private final Telling telling = new Telling();
    private boolean inParts;
    private State state;

    private static final class Touched {
        private final boolean existed;
        private byte @Nullable [] element;
        /** The revision that touched it last, and what it was before. */
        private long revision;

        private byte @Nullable [] before;

        Touched(byte @Nullable [] element) {
            this.existed = element != null;
            this.element = element;
        }

        void touchedAt(long now) {
            if (revision != now) {
                revision = now;
                before = element;
            }
        }
    }

    /**
     * @param known newest versions of some keys before, empty for those that are not there
     * @param partBytes how large a part becomes
     */
    Application(Database database, State before, Map<Key, Optional<KeyValue>> known, int partBytes) {
        this.database = database;
        this.state = before;
        this.known = known;
        this.partBytes = partBytes;
    }

    /** Of those that were checked, in their order. */
    void take(Committed committed) {
        switch (committed.transaction()) {
            case Write write -> take(write, committed.micros());
            case Compacted compaction -> state = state.compacted(compaction.revision());
            case Granted granted ->
                put(
                        Table.LEASES,
                        StoredKeys.lease(granted.lease().id()),
                        Meta.encode(granted.lease().ttlSeconds()));
            case Ended ended -> delete(Table.LEASES, StoredKeys.lease(ended.lease()));
            case Raised raised -> take(state.alarms().with(raised.alarm()));
            case Cleared cleared -> take(state.alarms().without(cleared.alarm()));
            case Loaded loaded -> take(loaded, committed.micros());
            case AuthChanged changed -> take(state.auth().with(changed));
        }
    }

    private void take(Auth auth) {
        state = state.with(auth);
        put(Table.META, Meta.AUTH, Meta.encode(auth));
    }

    private void take(Alarms alarms) {
        state = state.with(alarms);
        put(Table.META, Meta.ALARMS, Meta.encode(alarms));
    }

    private void take(Write write, long micros) {
        write(write.revision(), micros, write.changes(), at -> at);
        if (write.endedLease() != 0) {
            delete(Table.LEASES, StoredKeys.lease(write.endedLease()));
        }
    }

    private void take(Loaded loaded, long micros) {
        for (Loaded.Revision next : loaded.revisions()) {
            write(next.revision(), next.micros(micros), next.changes(), next.subs()::get);
        }
        state = state.compacted(loaded.compacted(state.compacted()));
    }

    /**
     * @param decided when, by a clock that may go back: times of revisions do not
     * @param subs which change of the revision the one at a place of the list is
     */
    private void write(long revision, long decided, List<Change> changes, IntUnaryOperator subs) {
        long micros = Math.max(decided, state.micros());
        Map<Key, Integer> lasts = HashMap.newHashMap(changes.size());
        for (int at = 0; at < changes.size(); at++) {
            lasts.put(changes.get(at).key(), at);
        }
        // else what was written at this revision must be known while it is written again
        boolean isWrittenOnce = lasts.size() == changes.size();
        telling.begin(revision, micros, changes.size());
        for (int at = 0; at < changes.size(); at++) {
            Change change = changes.get(at);
            boolean passing = !Objects.equals(lasts.get(change.key()), at);
            telling.add(take(change, revision, micros, subs.applyAsInt(at), passing));
            if (isWrittenOnce) {
                endPart();
            }
        }
        telling.end();
        state = state.written(revision, micros);
        endPart();
    }

    private void endPart() {
        if (batch.size() < partBytes) {
            return;
        }
        if (!inParts) {
            inParts = true;
            database.beginParts();
            put(Table.META, Meta.UNFINISHED, NOTHING);
        }
        database.write(batch);
        batch.clear();
        countComings();
        touched.clear();
        known = Map.of();
    }

    /** @param passing whether this transaction writes the key again */
    private KeyEvent take(Change change, long revision, long micros, int sub, boolean passing) {
        Key key = change.key();
        Touched now = touched.computeIfAbsent(key, wanted -> new Touched(before(wanted)));
        now.touchedAt(revision);
        byte[] at = StoredKeys.change(revision, sub);
        long before = now.element == null ? 0 : leave(key, now.element, revision, at);
        switch (change) {
            case Change.Put put -> {
                byte[] element = KeyValueElement.encode(put.kv());
                if (passing) {
                    put(Table.HISTORY, StoredKeys.history(key.bytes(), revision, sub), element);
                } else {
                    put(Table.LATEST, key.bytes(), element);
                }
                if (put.kv().lease() != 0) {
                    put(Table.ATTACHMENTS, StoredKeys.attachment(put.kv().lease(), key), NOTHING);
                }
                now.element = element;
            }
            case Change.Delete delete -> {
                delete(Table.LATEST, key.bytes());
                if (!passing) {
                    put(Table.HISTORY, StoredKeys.history(key.bytes(), revision), NOTHING);
                }
                now.element = null;
            }
        }
        StoredChange stored = new StoredChange(key, change instanceof Change.Delete, passing, before, micros);
        put(Table.CHANGES, at, stored.encode());
        return now.element == null
                ? KeyEvent.deletion(key, revision, now.before)
                : KeyEvent.put(key, now.element, now.before);
    }

    private byte @Nullable [] before(Key key) {
        Optional<KeyValue> version = known.get(key);
        return version == null
                ? database.now().get(Table.LATEST, key.bytes())
                : version.map(KeyValueElement::encode).orElse(null);
    }

    /**
     * Moves the newest version to the history, and from its lease.
     *
     * @param ending the key of the change that ends it
     * @return its revision; 0 when it is of this transaction, which put it there itself
     */
    private long leave(Key key, byte[] element, long revision, byte[] ending) {
        long lease = KeyValueElement.lease(element);
        if (lease != 0) {
            delete(Table.ATTACHMENTS, StoredKeys.attachment(lease, key));
        }
        long written = KeyValueElement.modRevision(element);
        if (written == revision) {
            return 0;
        }
        byte[] at = StoredKeys.history(key.bytes(), written);
        if (EndedVersion.isShort(element)) {
            put(Table.HISTORY, at, element);
        } else {
            put(Table.HISTORY, at, EndedVersion.at(ending));
            put(Table.ENDED, ending, element);
        }
        return written;
    }

    /**
     * Writes it, or the last part of it.
     *
     * @return the state that it leads to
     */
    State finish(Position after) {
        state = state.at(after);
        put(Table.META, Meta.STATE, state.encode());
        if (inParts) {
            delete(Table.META, Meta.UNFINISHED);
        }
        database.write(batch);
        countComings();
        return state;
    }

    /** What was written, by revision. */
    List<RevisionEvents> told() {
        return telling.told();
    }

    /** 1 for each key that is new, -1 for each that is gone. */
    NavigableMap<byte[], Integer> comings() {
        return comings;
    }

    /** Those of a part: what came in one and went in another is neither. */
    private void countComings() {
        touched.forEach((key, now) -> {
            int coming = (now.element == null ? 0 : 1) - (now.existed ? 1 : 0);
            if (coming != 0 && comings.merge(key.bytes(), coming, Integer::sum) == 0) {
                comings.remove(key.bytes());
            }
        });
    }

    private void put(Table table, byte[] key, byte[] value) {
        batch.put(database.family(table), key, value);
    }

    private void delete(Table table, byte[] key) {
        batch.delete(database.family(table), key);
    }
}
