package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys of the tables. RocksDB orders them as etcd orders keys: unsigned and lexicographic.
 *
 * <pre>
 *   table         key                                        of key "a", revision 5, lease 7
 *   latest        the key                                    61
 *   history       the key, escaped    ~revision [sub]        61 0001      fffffffffffffffa
 *   ended         revision            sub                    0000000000000005  00000000
 *   changes       revision            sub                    0000000000000005  00000000
 *   leases        id + 2^63                                  8000000000000007
 *   attachments   lease + 2^63        the key                8000000000000007  61
 * </pre>
 *
 * Escaped, a byte 00 of a key is written 00 ff, and 00 01 ends it, so that no key is the beginning of another one and
 * all revisions of a key lie next to each other, newest first: {@code a} before {@code a\0} before {@code a\1}. A sub
 * stands only behind versions that were overwritten by the transaction that wrote them; they lie behind what became of the
 * key at that revision, and so no read finds them.
 */
final class StoredKeys {
    private static final int END = 1;
    private static final int BEHIND = 2;
    private static final int ESCAPED = 0xff;

    private StoredKeys() {}

    static byte[] history(byte[] key, long revision) {
        byte[] escaped = escaped(key, Long.BYTES, END);
        ByteBuffer.wrap(escaped).putLong(escaped.length - Long.BYTES, ~revision);
        return escaped;
    }

    /** Of a version that the same transaction overwrote. */
    static byte[] history(byte[] key, long revision, int sub) {
        byte[] stored = history(key, revision);
        return ByteBuffer.allocate(stored.length + Integer.BYTES)
                .put(stored)
                .putInt(sub)
                .array();
    }

    /** Before the history of a key, and behind that of all lesser keys. */
    static byte[] historyBefore(byte[] key) {
        return escaped(key, 0, END);
    }

    /** Behind the history of a key, and before that of all greater keys. */
    static byte[] historyBehind(byte[] key) {
        return escaped(key, 0, BEHIND);
    }

    private static byte[] escaped(byte[] key, int room, int end) {
        int zeros = 0;
        for (byte b : key) {
            zeros += b == 0 ? 1 : 0;
        }
        byte[] escaped = Arrays.copyOf(key, key.length + zeros + 2 + room);
        if (zeros > 0) {
            int at = 0;
            for (byte b : key) {
                escaped[at++] = b;
                if (b == 0) {
                    escaped[at++] = (byte) ESCAPED;
                }
            }
        }
        escaped[key.length + zeros] = 0;
        escaped[key.length + zeros + 1] = (byte) end;
        return escaped;
    }

    /** The key that a key of the history is about. */
    static byte[] keyOfHistory(byte[] stored) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(stored.length);
        for (int at = 0; stored[at] != 0 || stored[at + 1] == (byte) ESCAPED; at++) {
            key.write(stored[at]);
            at += stored[at] == 0 ? 1 : 0;
        }
        return key.toByteArray();
    }

    /** The revision in a key of the history that is about this key. */
    static long revisionOfHistory(byte[] stored, byte[] key) {
        return ~ByteBuffer.wrap(stored).getLong(historyBefore(key).length);
    }

    static byte[] change(long revision, int sub) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(revision)
                .putInt(sub)
                .array();
    }

    static long revisionOfChange(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }

    static int subOfChange(byte[] stored) {
        return ByteBuffer.wrap(stored).getInt(Long.BYTES);
    }

    static byte[] lease(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id ^ Long.MIN_VALUE).array();
    }

    static long idOfLease(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong() ^ Long.MIN_VALUE;
    }

    static byte[] attachment(long lease, Key key) {
        byte[] bytes = key.bytes();
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(lease ^ Long.MIN_VALUE)
                .put(bytes)
                .array();
    }

    static Key keyOfAttachment(byte[] stored) {
        return Key.of(Arrays.copyOfRange(stored, Long.BYTES, stored.length));
    }
}
