package io.tidemark.revision.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes that RocksDB takes as one. They are put together here in RocksDB's own form, that of its write-ahead log, and
 * handed over in one call: thousands of calls into native code would cost more than the writes. A put of {@code x} under
 * {@code a} into column family 1:
 *
 * <pre>
 *   0000000000000000  01000000    05    01       01 61     01 78
 *   sequence, unset   entries     put   family   key a     value x
 * </pre>
 *
 * What was put in is held until then and copied once, as a batch can be megabytes: nobody may write to it meanwhile.
 *
 * <p>Source: RocksDB's {@code db/write_batch.cc}. Numbers are little-endian, lengths are varints.
 */
final class Batch {
    private static final int COUNT_AT = Long.BYTES;
    private static final int HEADER = COUNT_AT + Integer.BYTES;
    private static final byte DELETE = 4;
    private static final byte PUT = 5;

    private final List<Entry> entries = new ArrayList<>();
    private int size = HEADER;

    private static final class Entry {
        private final int family;
        private final byte[] key;
        /** Null for a deletion. */
        private final byte @Nullable [] value;

        Entry(int family, byte[] key, byte @Nullable [] value) {
            this.family = family;
            this.key = key;
            this.value = value;
        }

        int size() {
            return 1 + varintSize(family) + sized(key) + (value == null ? 0 : sized(value));
        }

        private static int sized(byte[] content) {
            return varintSize(content.length) + content.length;
        }
    }

    void put(int family, byte[] key, byte[] value) {
        add(new Entry(family, key, value));
    }

    void delete(int family, byte[] key) {
        add(new Entry(family, key, null));
    }

    private void add(Entry entry) {
        entries.add(entry);
        size += entry.size();
    }

    private static int varintSize(int number) {
        return 1 + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number | 1)) / 7;
    }

    /** Bytes of all that is in it. */
    int size() {
        return size;
    }

    /** For other writes. */
    void clear() {
        entries.clear();
        size = HEADER;
    }

    byte[] toBytes() {
        Writer to = new Writer(new byte[size]);
        for (int i = 0; i < Integer.BYTES; i++) {
            to.bytes[COUNT_AT + i] = (byte) (entries.size() >>> (i * Byte.SIZE));
        }
        entries.forEach(to::entry);
        return to.bytes;
    }

    private static final class Writer {
        private final byte[] bytes;
        private int at = HEADER;

        Writer(byte[] bytes) {
            this.bytes = bytes;
        }

        void entry(Entry entry) {
            bytes[at++] = entry.value == null ? DELETE : PUT;
            varint(entry.family);
            sized(entry.key);
            if (entry.value != null) {
                sized(entry.value);
            }
        }

        private void sized(byte[] content) {
            varint(content.length);
            System.arraycopy(content, 0, bytes, at, content.length);
            at += content.length;
        }

        private void varint(int number) {
            int left = number;
            while ((left & ~0x7f) != 0) {
                bytes[at++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            bytes[at++] = (byte) left;
        }
    }
}
