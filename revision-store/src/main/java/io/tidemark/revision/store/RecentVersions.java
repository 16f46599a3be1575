package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What existed at a revision not long ago: the newest versions, with the changes since then taken back. Only the keys
 * that changed are looked up in the history.
 */
final class RecentVersions implements Versions {
    private final Cursor latest;
    private final Reader reader;
    private final ChangesSince changes;
    private final Iterator<Map.Entry<Key, ChangesSince.Changed>> existed;
    private byte @Nullable [] latestKey;
    private byte @Nullable [] changedKey;
    private long changedRevision;

    /** Closes the cursor when it is closed. */
    RecentVersions(Cursor latest, Reader reader, ChangesSince changes) {
        this.latest = latest;
        this.reader = reader;
        this.changes = changes;
        this.existed = changes.keys().entrySet().iterator();
        findLatest();
        findChanged();
    }

    /** To the next newest version that did not change. */
    private void findLatest() {
        latestKey = latest.valid() ? latest.key() : null;
        while (latestKey != null && changes.keys().containsKey(Key.of(latestKey))) {
            latest.next();
            latestKey = latest.valid() ? latest.key() : null;
        }
    }

    /** To the next one that changed, and existed before. */
    private void findChanged() {
        changedKey = null;
        while (changedKey == null && existed.hasNext()) {
            Map.Entry<Key, ChangesSince.Changed> next = existed.next();
            if (next.getValue().before() > 0) {
                changedKey = next.getKey().bytes();
                changedRevision = next.getValue().before();
            }
        }
    }

    @Override
    public boolean valid() {
        return latestKey != null || changedKey != null;
    }

    private boolean isChanged() {
        byte[] changed = changedKey;
        return changed != null && (latestKey == null || Arrays.compareUnsigned(changed, latestKey) < 0);
    }

    @Override
    public void next() {
        if (isChanged()) {
            findChanged();
        } else {
            latest.next();
            findLatest();
        }
    }

    @Override
    public byte[] key() {
        byte[] key = isChanged() ? changedKey : latestKey;
        if (key == null) {
            throw new IllegalStateException("behind the last version");
        }
        return key;
    }

    @Override
    public byte[] value() {
        if (!isChanged()) {
            return latest.value();
        }
        byte[] element = reader.past(StoredKeys.history(key(), changedRevision));
        if (element == null) {
            throw reader.damaged("the history lacks a version of revision " + changedRevision);
        }
        return element;
    }

    @Override
    public int value(ByteBuffer into) {
        return isChanged() ? copy(value(), into) : latest.value(into);
    }

    /** As {@link Versions#value(ByteBuffer)}. */
    static int copy(byte[] element, ByteBuffer into) {
        into.put(into.position(), element, 0, Math.min(element.length, into.remaining()));
        return element.length;
    }

    @Override
    public void close() {
        latest.close();
    }
}
