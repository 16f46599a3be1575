package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * etcd's checksum of a keyspace up to a revision, the same number for the same writes. It is a CRC-32C over what etcd has
 * in its file: the name of its bucket, and then, in the order of revisions, each version that a compaction left and each
 * change since. Key {@code a} written at revision 3, deleted at 9:
 *
 * <pre>
 *   "key"   0000000000000003 '_' 0000000000000000       KeyValue of a at 3
 *           0000000000000009 '_' 0000000000000000 't'   KeyValue with nothing but the key
 * </pre>
 *
 * Of what a compaction left, versions count that are the newest of their keys at the revision; when no key exists then,
 * all do. A key that was deleted and put again at the very revision is none there: etcd's index ends it with the deletion.
 * Source: etcd's {@code server/storage/mvcc/hash.go} and {@code key_index.go} ({@code keep}).
 */
final class HistoryChecksum {
    private static final byte[] BUCKET = "key".getBytes(StandardCharsets.US_ASCII);
    private static final Key FIRST = Key.of(new byte[] {0});
    private static final KeyRange EVERYTHING = new KeyRange(FIRST, FIRST);

    private final Moment moment;
    private final CRC32C crc = new CRC32C();

    private HistoryChecksum(Moment moment) {
        this.moment = moment;
    }

    /** Reads all of it once, and holds one version at a time. */
    static long of(Reader reader, Moment moment, long revision) {
        return new HistoryChecksum(moment).upTo(reader, revision);
    }

    private long upTo(Reader reader, long revision) {
        crc.update(BUCKET);
        if (revision >= 0) {
            long lasting = isAnyKept(reader, revision) ? revision : moment.compacted();
            try {
                new KeptHistory(reader, moment, this::add).walk(revision, lasting);
            } catch (IOException e) {
                throw new UncheckedIOException("nothing is written", e);
            }
        }
        return crc.getValue();
    }

    /**
     * Whether etcd's index has any key at the revision. What that one puts is held meanwhile, and not what it deletes: all keys,
     * maybe.
     */
    private boolean isAnyKept(Reader reader, long revision) {
        Set<Key> put = new HashSet<>();
        Set<Key> anew = new HashSet<>();
        visit(reader, revision, change -> {
            if (change.isLast() && !change.deletion()) {
                put.add(change.key());
            }
        });
        visit(reader, revision, change -> {
            if (change.deletion() && put.contains(change.key())) {
                anew.add(change.key());
            }
        });
        return moment.count(EVERYTHING, revision) > anew.size();
    }

    private static void visit(Reader reader, long revision, Consumer<StoredChange> visitor) {
        byte[] from = StoredKeys.change(revision, 0);
        try (Cursor changes = reader.cursor(Table.CHANGES, from, StoredKeys.change(revision + 1, 0))) {
            for (; changes.valid(); changes.next()) {
                visitor.accept(StoredChange.decode(changes.value()));
            }
        }
    }

    /** A deletion that is compacted is in the file and does not count. */
    private void add(long revision, int sub, boolean deletion, ByteBuffer version) {
        if (!deletion || revision > moment.compacted()) {
            name(revision, sub, deletion);
            crc.update(version);
        }
    }

    private void name(long revision, int sub, boolean deletion) {
        ByteBuffer name = ByteBuffer.allocate(2 * Long.BYTES + 2);
        name.putLong(revision).put((byte) '_').putLong(sub);
        if (deletion) {
            name.put((byte) 't');
        }
        crc.update(name.flip());
    }
}
