package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyValueBytes;
import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.machine.KeyValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What etcd has in its file of the same writes: in the order of revisions, each version that a compaction left and each
 * change since. Of deletions that are compacted, those of the very revision are left, too. Key {@code a} was written at 3
 * and 5, {@code b} at 4 and deleted at 6, {@code c} deleted at 7; compacted at 6:
 *
 * <pre>
 *   5 a   6 b (deletion)   7 c (deletion)
 * </pre>
 */
final class KeptHistory {
    private static final byte[] NOTHING = {};

    private final Reader reader;
    private final Moment moment;
    private final VersionVisitor visitor;

    KeptHistory(Reader reader, Moment moment, VersionVisitor visitor) {
        this.reader = reader;
        this.moment = moment;
        this.visitor = visitor;
    }

    /**
     * Reads all of it once, and holds one version at a time. What a compaction has to remove may not be removed yet.
     *
     * @param lasting of what is compacted, only versions that are the newest of their keys at this revision
     */
    void walk(long to, long lasting) throws IOException {
        long compacted = moment.compacted();
        try (Cursor changes = reader.cursor(Table.CHANGES, StoredKeys.change(0, 0), StoredKeys.change(to + 1, 0))) {
            for (; changes.valid(); changes.next()) {
                byte[] at = changes.key();
                StoredChange change = StoredChange.decode(changes.value());
                long revision = StoredKeys.revisionOfChange(at);
                if (revision > compacted) {
                    tell(at, change);
                } else if (change.isLast() && change.deletion() && revision == compacted) {
                    tell(at, change);
                } else if (change.isLast() && !change.deletion()) {
                    tellIfLasting(at, change, lasting);
                }
            }
        }
    }

    private void tell(byte[] at, StoredChange change) throws IOException {
        long revision = StoredKeys.revisionOfChange(at);
        int sub = StoredKeys.subOfChange(at);
        byte[] key = change.key().bytes();
        if (change.deletion()) {
            KeyValue gone = new KeyValue(change.key(), 0, 0, 0, NOTHING, 0);
            visitor.visit(revision, sub, true, ByteBuffer.wrap(KeyValueBytes.encode(gone)));
        } else if (change.isLast()) {
            tell(at, moment.written(key, revision));
        } else {
            tell(at, reader.past(StoredKeys.history(key, revision, sub)));
        }
    }

    private void tellIfLasting(byte[] at, StoredChange change, long lasting) throws IOException {
        byte[] element = moment.at(change.key().bytes(), lasting);
        if (element != null && KeyValueElement.modRevision(element) == StoredKeys.revisionOfChange(at)) {
            tell(at, element);
        }
    }

    private void tell(byte[] at, byte @Nullable [] element) throws IOException {
        if (element == null) {
            throw reader.damaged("the history lacks a version that a change tells of");
        }
        int from = KeyValueElement.contentOf(element);
        ByteBuffer version = ByteBuffer.wrap(element, from, element.length - from);
        visitor.visit(StoredKeys.revisionOfChange(at), StoredKeys.subOfChange(at), false, version);
    }
}
