package io.tidemark.revision.encoding;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import java.util.Arrays;

/**
 * A version of a key as the message {@code mvccpb.KeyValue} of etcd's API, the same bytes that protobuf would write:
 * fields in the order of their numbers, none that is 0 or empty. Key {@code a}, created and written at revision 2,
 * version 1, value {@code x}:
 *
 * <pre>
 *   0a 01 61   10 02    18 02   20 01     2a 01 78
 *   key  a     create   mod     version   value  x     (30: lease, left out)
 * </pre>
 */
public final class KeyValueBytes {
    private static final int KEY = 0x0a;
    private static final int CREATE = 0x10;
    private static final int MOD = 0x18;
    private static final int VERSION = 0x20;
    private static final int VALUE = 0x2a;
    private static final int LEASE = 0x30;

    private KeyValueBytes() {}

    public static byte[] encode(KeyValue kv) {
        Writer to = new Writer(new byte[sizeOf(kv)]);
        to.fields(kv);
        return to.bytes;
    }

    /** The same as a field of another message: tag and length in front. */
    static byte[] encodeField(int tag, KeyValue kv) {
        int size = sizeOf(kv);
        Writer to = new Writer(new byte[1 + varintSize(size) + size]);
        to.head(tag, size);
        to.fields(kv);
        return to.bytes;
    }

    private static int sizeOf(KeyValue kv) {
        return sizeOf(kv.key().bytes())
                + sizeOf(kv.createRevision())
                + sizeOf(kv.modRevision())
                + sizeOf(kv.version())
                + sizeOf(kv.value())
                + sizeOf(kv.lease());
    }

    /** The revision that wrote the version whose bytes begin there. */
    static long modRevision(byte[] bytes, int from) {
        return number(bytes, from, MOD);
    }

    /** The revision that created its key. */
    static long createRevision(byte[] bytes, int from) {
        return number(bytes, from, CREATE);
    }

    /** The lease that its key hangs on; 0 for none. */
    static long lease(byte[] bytes, int from) {
        Reader reader = new Reader(bytes, from, bytes.length);
        long lease = 0;
        while (reader.at < bytes.length) {
            int field = (int) reader.number();
            switch (field) {
                case KEY, VALUE -> reader.skip();
                case CREATE, MOD, VERSION -> reader.number();
                case LEASE -> lease = reader.number();
                default -> throw broken("unknown field tag " + field, reader.at);
            }
        }
        return lease;
    }

    private static long number(byte[] bytes, int from, int wanted) {
        Reader reader = new Reader(bytes, from, bytes.length);
        for (int field = (int) reader.number(); field != wanted; field = (int) reader.number()) {
            switch (field) {
                case KEY -> reader.skip();
                case CREATE -> reader.number();
                default -> throw broken("no revision before field tag " + field, reader.at);
            }
        }
        return reader.number();
    }

    /** @throws IllegalArgumentException when these are not the bytes of a version */
    public static KeyValue decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** @throws IllegalArgumentException when these are not the bytes of a version */
    public static KeyValue decode(byte[] bytes, int from, int to) {
        Reader reader = new Reader(bytes, from, to);
        byte[] key = {};
        byte[] value = {};
        long create = 0;
        long mod = 0;
        long version = 0;
        long lease = 0;
        while (reader.at < to) {
            int field = (int) reader.number();
            switch (field) {
                case KEY -> key = reader.bytes();
                case CREATE -> create = reader.number();
                case MOD -> mod = reader.number();
                case VERSION -> version = reader.number();
                case VALUE -> value = reader.bytes();
                case LEASE -> lease = reader.number();
                default -> throw broken("unknown field tag " + field, reader.at);
            }
        }
        return new KeyValue(Key.of(key), create, mod, version, value, lease);
    }

    private static IllegalArgumentException broken(String what, int at) {
        return new IllegalArgumentException("not a KeyValue: " + what + " at byte " + at);
    }

    private static int sizeOf(byte[] bytes) {
        return bytes.length == 0 ? 0 : 1 + varintSize(bytes.length) + bytes.length;
    }

    private static int sizeOf(long number) {
        return number == 0 ? 0 : 1 + varintSize(number);
    }

    private static int varintSize(long number) {
        return number == 0 ? 1 : (63 - Long.numberOfLeadingZeros(number)) / 7 + 1;
    }

    private static final class Writer {
        private final byte[] bytes;
        private int at;

        Writer(byte[] bytes) {
            this.bytes = bytes;
        }

        void fields(KeyValue kv) {
            field(KEY, kv.key().bytes());
            field(CREATE, kv.createRevision());
            field(MOD, kv.modRevision());
            field(VERSION, kv.version());
            field(VALUE, kv.value());
            field(LEASE, kv.lease());
        }

        void head(int tag, int length) {
            bytes[at++] = (byte) tag;
            varint(length);
        }

        void field(int tag, byte[] content) {
            if (content.length > 0) {
                head(tag, content.length);
                System.arraycopy(content, 0, bytes, at, content.length);
                at += content.length;
            }
        }

        void field(int tag, long number) {
            if (number != 0) {
                bytes[at++] = (byte) tag;
                varint(number);
            }
        }

        private void varint(long number) {
            long left = number;
            while ((left & ~0x7fL) != 0) {
                bytes[at++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            bytes[at++] = (byte) left;
        }
    }

    private static final class Reader {
        private final byte[] from;
        private final int to;
        private int at;

        Reader(byte[] from, int at, int to) {
            this.from = from;
            this.at = at;
            this.to = to;
        }

        long number() {
            long number = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at >= to) {
                    throw broken("cut off", at);
                }
                byte next = from[at++];
                number |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return number;
                }
            }
            throw broken("a number of more than 10 bytes", at);
        }

        byte[] bytes() {
            int length = length();
            byte[] bytes = Arrays.copyOfRange(from, at, at + length);
            at += length;
            return bytes;
        }

        void skip() {
            int length = length();
            at += length;
        }

        private int length() {
            long length = number();
            if (length < 0 || length > to - at) {
                throw broken("a length of " + length, at);
            }
            return (int) length;
        }
    }
}
