package io.tidemark.revision.store;

import java.util.Arrays;

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

    private byte[] bytes = new byte[4_096];
    private int size = HEADER;
    private int entries;

    void put(int family, byte[] key, byte[] value) {
        entry(PUT, family, key, value.length + Integer.BYTES + 1);
        sized(value);
    }

    void delete(int family, byte[] key) {
        entry(DELETE, family, key, 0);
    }

    private void entry(byte kind, int family, byte[] key, int room) {
        int needed = size + 2 * (Integer.BYTES + 1) + 1 + key.length + room;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        bytes[size++] = kind;
        varint(family);
        sized(key);
        entries++;
    }

    private void sized(byte[] content) {
        varint(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    private void varint(int number) {
        int left = number;
        while ((left & ~0x7f) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** Bytes of all that is in it. */
    int size() {
        return size;
    }

    /** For other writes. */
    void clear() {
        size = HEADER;
        entries = 0;
    }

    byte[] toBytes() {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[COUNT_AT + i] = (byte) (entries >>> (i * Byte.SIZE));
        }
        return Arrays.copyOf(bytes, size);
    }
}
