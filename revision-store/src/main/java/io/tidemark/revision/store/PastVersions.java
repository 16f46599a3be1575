package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyValueElement;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What existed at a revision, by walking over the newest versions and the history side by side: a newest version that is
 * old enough is it; else it is the newest one in the key's history that is.
 */
final class PastVersions implements Versions {
    private final Reader reader;
    private final Cursor latest;
    private final Cursor history;
    private final long revision;
    private byte @Nullable [] latestKey;
    private byte @Nullable [] historyKey;
    private byte[] key = {};
    private byte @Nullable [] element;

    /** Closes the cursors when it is closed. */
    PastVersions(Reader reader, Cursor latest, Cursor history, long revision) {
        this.reader = reader;
        this.latest = latest;
        this.history = history;
        this.revision = revision;
        this.latestKey = latest.valid() ? latest.key() : null;
        this.historyKey = keyOfHistory();
        next();
    }

    private byte @Nullable [] keyOfHistory() {
        return history.valid() ? StoredKeys.keyOfHistory(history.key()) : null;
    }

    @Override
    public boolean valid() {
        return element != null;
    }

    @Override
    public void next() {
        element = null;
        while (element == null && (latestKey != null || historyKey != null)) {
            key = least();
            element = elementOf(key);
        }
    }

    private byte[] least() {
        byte[] newer = latestKey;
        byte[] older = historyKey;
        if (newer == null || older == null) {
            return newer != null ? newer : older != null ? older : new byte[0];
        }
        return Arrays.compareUnsigned(newer, older) <= 0 ? newer : older;
    }

    /** Of the key that both cursors are at or behind of; they are behind it afterwards. */
    private byte @Nullable [] elementOf(byte[] wanted) {
        byte[] found = null;
        if (Arrays.equals(latestKey, wanted)) {
            found = latest.value();
            latest.next();
            latestKey = latest.valid() ? latest.key() : null;
        }
        boolean tooNew = found == null || KeyValueElement.modRevision(found) > revision;
        if (!Arrays.equals(historyKey, wanted)) {
            return tooNew ? null : found;
        }
        byte[] past = tooNew ? inHistory(wanted) : found;
        history.forwardTo(StoredKeys.historyBehind(wanted));
        historyKey = keyOfHistory();
        return past;
    }

    private byte @Nullable [] inHistory(byte[] wanted) {
        return inHistory(reader, history, wanted, revision);
    }

    /** The newest version in the history that is not newer than a revision; null when there is none. */
    static byte @Nullable [] inHistory(Reader reader, Cursor history, byte[] key, long revision) {
        history.forwardTo(StoredKeys.history(key, revision));
        if (!history.valid() || !Arrays.equals(StoredKeys.keyOfHistory(history.key()), key)) {
            return null;
        }
        byte[] element = reader.pastOf(history.value());
        return element.length == 0 ? null : element;
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public byte[] value() {
        byte[] here = element;
        if (here == null) {
            throw new IllegalStateException("behind the last version");
        }
        return here;
    }

    @Override
    public int value(ByteBuffer into) {
        return RecentVersions.copy(value(), into);
    }

    @Override
    public void close() {
        latest.close();
        history.close();
    }
}
