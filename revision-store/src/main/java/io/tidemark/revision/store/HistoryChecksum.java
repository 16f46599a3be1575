package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyValueBytes;
import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

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
 * all do. Source: etcd's {@code server/storage/mvcc/hash.go}.
 */
final class HistoryChecksum {
    private static final byte[] BUCKET = "key".getBytes(StandardCharsets.US_ASCII);
    private static final Key FIRST = Key.of(new byte[] {0});
    private static final KeyRange EVERYTHING = new KeyRange(FIRST, FIRST);
    private static final byte[] NOTHING = {};

    private final Reader reader;
    private final Moment moment;
    private final CRC32C crc = new CRC32C();

    private HistoryChecksum(Reader reader, Moment moment) {
        this.reader = reader;
        this.moment = moment;
    }

    /** Reads all of it once, and holds one version at a time. */
    static long of(Reader reader, Moment moment, long revision) {
        return new HistoryChecksum(reader, moment).upTo(revision);
    }

    private long upTo(long revision) {
        crc.update(BUCKET);
        if (revision < 0) {
            return crc.getValue();
        }
        long compacted = moment.compacted();
        long lasting = moment.count(EVERYTHING, revision) > 0 ? revision : compacted;
        try (Cursor changes =
                reader.cursor(Table.CHANGES, StoredKeys.change(0, 0), StoredKeys.change(revision + 1, 0))) {
            for (; changes.valid(); changes.next()) {
                byte[] at = changes.key();
                StoredChange change = StoredChange.decode(changes.value());
                if (StoredKeys.revisionOfChange(at) > compacted) {
                    add(at, change);
                } else if (change.isLast() && !change.deletion()) {
                    addIfLasting(at, change, lasting);
                }
            }
        }
        return crc.getValue();
    }

    private void add(byte[] at, StoredChange change) {
        long revision = StoredKeys.revisionOfChange(at);
        int sub = StoredKeys.subOfChange(at);
        byte[] key = change.key().bytes();
        name(at, change.deletion());
        if (change.deletion()) {
            crc.update(KeyValueBytes.encode(new KeyValue(change.key(), 0, 0, 0, NOTHING, 0)));
        } else if (change.isLast()) {
            value(moment.written(key, revision));
        } else {
            value(reader.get(Table.HISTORY, StoredKeys.history(key, revision, sub)));
        }
    }

    private void addIfLasting(byte[] at, StoredChange change, long lasting) {
        byte[] element = moment.at(change.key().bytes(), lasting);
        if (element != null && KeyValueElement.modRevision(element) == StoredKeys.revisionOfChange(at)) {
            name(at, false);
            value(element);
        }
    }

    private void name(byte[] at, boolean deletion) {
        ByteBuffer name = ByteBuffer.allocate(2 * Long.BYTES + 2);
        name.putLong(StoredKeys.revisionOfChange(at)).put((byte) '_').putLong(StoredKeys.subOfChange(at));
        if (deletion) {
            name.put((byte) 't');
        }
        crc.update(name.flip());
    }

    private void value(byte @Nullable [] element) {
        if (element == null) {
            throw Failures.damaged("the history lacks a version that a change tells of");
        }
        int from = KeyValueElement.contentOf(element);
        crc.update(element, from, element.length - from);
    }
}
