package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a transaction did to a key: the entries of the table of changes. Key {@code a} written over its version of revision
 * 3:
 *
 * <pre>
 *   00    0000000000000003   00064a8a2f3b9c40   61
 *   put   before             micros             key
 * </pre>
 *
 * The revision before makes two things cheap: what a key was before a change is one look into the history, and what a
 * compaction has to remove is known without reading any. The time makes a third cheap: which revision was the newest at some
 * moment, as times grow with revisions.
 *
 * @param before the revision of the version that this one ended; 0 for none, and when the same transaction wrote it
 * @param passing whether the same transaction wrote the key again: nothing of this change was ever to be read
 * @param micros when the transaction was committed, microseconds since 1970
 */
record StoredChange(Key key, boolean deletion, boolean passing, long before, long micros) {
    private static final int DELETION = 1;
    private static final int PASSING = 2;
    private static final int TIME = 1 + Long.BYTES;
    private static final int KEY = TIME + Long.BYTES;

    /** Whether the key was there after it and its transaction. */
    boolean leaves(Key of) {
        return !deletion && !passing && key.equals(of);
    }

    /** Whether it is what its transaction left of the key. */
    boolean isLast() {
        return !passing;
    }

    byte[] encode() {
        byte[] bytes = key.bytes();
        return ByteBuffer.allocate(KEY + bytes.length)
                .put((byte) ((deletion ? DELETION : 0) | (passing ? PASSING : 0)))
                .putLong(before)
                .putLong(micros)
                .put(bytes)
                .array();
    }

    static long micros(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong(TIME);
    }

    static StoredChange decode(byte[] stored) {
        return new StoredChange(
                Key.of(Arrays.copyOfRange(stored, KEY, stored.length)),
                (stored[0] & DELETION) != 0,
                (stored[0] & PASSING) != 0,
                ByteBuffer.wrap(stored).getLong(1),
                micros(stored));
    }
}
