package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The keyspace after a group was applied: RocksDB's snapshot, the numbers and the counts of one and the same state. The
 * image holds the newest one, each view the one of which it was taken; who is last closes it.
 */
final class Moment implements Keyspace {
    /** Changes that are taken back at most to read an older revision; 1 takes about as long as walking over 2 keys. */
    static final int RECENT_MOST = 10_000;

    private final Reader reader;
    private final State state;
    private final KeyCounts counts;
    private final AtomicInteger holders = new AtomicInteger(1);

    Moment(Reader reader, State state, KeyCounts counts) {
        this.reader = reader;
        this.state = state;
        this.counts = counts;
    }

    /** @return false when it was closed before */
    boolean hold() {
        return holders.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            reader.close();
        }
    }

    State state() {
        return state;
    }

    KeyCounts counts() {
        return counts;
    }

    @Override
    public long revision() {
        return state.revision();
    }

    @Override
    public long compacted() {
        return state.compacted();
    }

    @Override
    public @Nullable KeyValue newest(Key key) {
        byte[] element = reader.get(Table.LATEST, key.bytes());
        return element == null ? null : KeyValueElement.decode(element);
    }

    @Override
    public List<KeyValue> newest(KeyRange range) {
        return at(range, revision());
    }

    @Override
    public List<Key> keys(KeyRange range, int most) {
        List<Key> found = new ArrayList<>();
        if (!range.isEmpty()) {
            try (Cursor cursor = latest(range)) {
                for (; found.size() < most && cursor.valid(); cursor.next()) {
                    found.add(Key.of(cursor.key()));
                }
            }
        }
        return found;
    }

    @Override
    public List<KeyValue> at(KeyRange range, long revision) {
        if (range.isSingle()) {
            byte[] element = at(range.key().bytes(), revision);
            return element == null ? List.of() : List.of(KeyValueElement.decode(element));
        }
        List<KeyValue> found = new ArrayList<>();
        if (!range.isEmpty()) {
            try (Versions versions = versions(range, revision)) {
                for (; versions.valid(); versions.next()) {
                    found.add(KeyValueElement.decode(versions.value()));
                }
            }
        }
        return found;
    }

    /** What the key was at a revision, as it is stored. */
    byte @Nullable [] at(byte[] key, long revision) {
        byte[] element = reader.get(Table.LATEST, key);
        if (revision >= revision() || (element != null && KeyValueElement.modRevision(element) <= revision)) {
            return element;
        }
        try (Cursor history = history(KeyRange.single(Key.of(key)))) {
            return PastVersions.inHistory(reader, history, key, revision);
        }
    }

    /** The version that a revision left of a key, which has to be one that is not removed. */
    byte @Nullable [] written(byte[] key, long revision) {
        byte[] element = reader.get(Table.LATEST, key);
        boolean isNewest = element != null && KeyValueElement.modRevision(element) == revision;
        return isNewest ? element : reader.past(StoredKeys.history(key, revision));
    }

    EventPage events(KeyRange range, long from, boolean previous, EventPage.Most most) {
        return new EventReader(reader, this, previous).read(range, from, most);
    }

    long checksum(long revision) {
        return HistoryChecksum.of(reader, this, revision);
    }

    void history(VersionVisitor visitor) throws IOException {
        new KeptHistory(reader, this, visitor).walk(revision(), compacted());
    }

    RevisionTimes times() {
        return new RevisionTimes(reader, this);
    }

    Path folder() {
        return reader.folder();
    }

    EncodedPage page(Listing what, long mostBytes, Room room) {
        if (what.range().isSingle()) { // a lookup costs less than a cursor
            byte[] element = at(what.range().key().bytes(), what.revision());
            if (element == null) {
                return new EncodedPage(List.of(), 0, null);
            }
            byte[] told = what.keysOnly() ? IndexedVersions.indexed(element) : element;
            return new EncodedPage(List.of(ByteBuffer.wrap(told)), 1, null);
        }
        if (what.range().isEmpty()) {
            return new EncodedPage(List.of(), 0, null);
        }
        try (Versions versions = versions(what)) {
            return new PageWriter(room).write(versions, what.limit(), mostBytes);
        }
    }

    /** Of more than one key. */
    PageSize measure(Listing what) {
        if (what.range().isEmpty()) {
            return new PageSize(0, 0, false);
        }
        try (Versions versions = versions(what)) {
            return PageWriter.measure(versions, what.limit());
        }
    }

    private Versions versions(Listing what) {
        Versions whole = versions(what.range(), what.revision());
        return what.keysOnly() ? new IndexedVersions(whole) : whole;
    }

    long count(KeyRange range, long revision) {
        if (range.isEmpty()) {
            return 0;
        }
        if (range.isSingle()) {
            return at(range.key().bytes(), revision) == null ? 0 : 1;
        }
        ChangesSince changes = revision >= revision() ? null : recent(range, revision);
        if (revision < revision() && changes == null) {
            try (Versions versions = past(range, revision)) {
                return count(versions);
            }
        }
        Key to = range.to();
        long newest = counts.count(range.key().bytes(), to == null ? null : to.bytes(), new CountedKeys(reader));
        return newest + (changes == null ? 0 : changes.moreThen());
    }

    private static long count(Versions versions) {
        long count = 0;
        for (; versions.valid(); versions.next()) {
            count++;
        }
        return count;
    }

    private Versions versions(KeyRange range, long revision) {
        if (revision >= revision()) {
            return latest(range);
        }
        ChangesSince changes = recent(range, revision);
        return changes == null ? past(range, revision) : new RecentVersions(latest(range), reader, changes);
    }

    private Versions past(KeyRange range, long revision) {
        return new PastVersions(reader, latest(range), history(range), revision);
    }

    /** Null when taking back is not possible, or takes longer than walking over all keys of the range. */
    private @Nullable ChangesSince recent(KeyRange range, long revision) {
        Key to = range.to();
        long keys = counts.atMost(range.key().bytes(), to == null ? null : to.bytes());
        long most = Math.min(RECENT_MOST, 2 * keys);
        return revision() - revision > most ? null : ChangesSince.of(reader, range, revision, (int) most);
    }

    private Cursor latest(KeyRange range) {
        Key to = range.to();
        return reader.cursor(Table.LATEST, range.key().bytes(), to == null ? null : to.bytes());
    }

    private Cursor history(KeyRange range) {
        Key to = range.to();
        return reader.cursor(
                Table.HISTORY,
                StoredKeys.historyBefore(range.key().bytes()),
                to == null ? null : StoredKeys.historyBefore(to.bytes()));
    }

    @Override
    public @Nullable Lease lease(long id) {
        byte[] ttl = reader.get(Table.LEASES, StoredKeys.lease(id));
        return ttl == null ? null : new Lease(id, Meta.decode(ttl));
    }

    @Override
    public Auth auth() {
        return state.auth();
    }

    @Override
    public Alarms alarms() {
        return state.alarms();
    }

    List<Lease> leases() {
        List<Lease> leases = new ArrayList<>();
        try (Cursor cursor = reader.cursor(Table.LEASES, new byte[0], null)) {
            for (; cursor.valid(); cursor.next()) {
                leases.add(new Lease(StoredKeys.idOfLease(cursor.key()), Meta.decode(cursor.value())));
            }
        }
        return leases;
    }

    @Override
    public List<Key> keysOf(long lease) {
        byte[] to = lease == Long.MAX_VALUE ? null : StoredKeys.lease(lease + 1);
        List<Key> keys = new ArrayList<>();
        try (Cursor cursor = reader.cursor(Table.ATTACHMENTS, StoredKeys.lease(lease), to)) {
            for (; cursor.valid(); cursor.next()) {
                keys.add(StoredKeys.keyOfAttachment(cursor.key()));
            }
        }
        return keys;
    }
}
