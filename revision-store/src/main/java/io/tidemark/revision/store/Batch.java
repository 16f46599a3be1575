package io.tidemark.revision.store;

import java.util.ArrayList;
import java.util.List;

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
 * Source: RocksDB's {@code db/write_batch.cc}. Numbers are little-endian, lengths are varints.
 */
final class Batch {
    private static final int COUNT_AT = Long.BYTES;
    private static final int HEADER = COUNT_AT + Integer.BYTES;
    private static final byte DELETE = 4;
    private static final byte PUT = 5;
    private static final byte DELETE_RANGE = 14;
    private static final byte[] NOTHING = {};

    private final List<Entry> entries = new ArrayList<>();
    private int size = HEADER;

    /** @param content the value, or the end of a range */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    private record Entry(byte kind, int family, byte[] key, byte[] content) {
        int size() {
            return 1 + varintSize(family) + sized(key) + (kind == DELETE ? 0 : sized(content));
        }

        private static int sized(byte[] bytes) {
            return varintSize(bytes.length) + bytes.length;
        }
    }

    /** Keys and values must not change until this was written. */
    void put(int family, byte[] key, byte[] value) {
        add(new Entry(PUT, family, key, value));
    }

    void delete(int family, byte[] key) {
        add(new Entry(DELETE, family, key, NOTHING));
    }

    /** From one key on and before another one; costs as much however many there are. */
    void deleteRange(int family, byte[] from, byte[] to) {
        add(new Entry(DELETE_RANGE, family, from, to));
    }

    private void add(Entry entry) {
        entries.add(entry);
        size += entry.size();
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
        to.header(entries.size());
        entries.forEach(to::entry);
        return to.bytes;
    }

    private static int varintSize(int number) {
        return (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number | 1)) / 7 + 1;
    }

    private static final class Writer {
        private final byte[] bytes;
        private int at = HEADER;

        Writer(byte[] bytes) {
            this.bytes = bytes;
        }

        void header(int count) {
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[COUNT_AT + i] = (byte) (count >>> (i * Byte.SIZE));
            }
        }

        void entry(Entry entry) {
            bytes[at++] = entry.kind;
            varint(entry.family);
            sized(entry.key);
            if (entry.kind != DELETE) {
                sized(entry.content);
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
