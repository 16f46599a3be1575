package io.tidemark.kube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * JSON that grows, byte for byte as Go's {@code encoding/json} writes it with HTML escapes on, which is how the API server
 * answers: no white space, {@code <}, {@code >}, {@code &}, U+2028 and U+2029 escaped, what is no UTF-8 replaced.
 */
final class JsonBuffer {
    /** An object of a few bytes can name many empty ones below, each of which is written out. */
    private static final int MOST_BYTES = 256 << 20;

    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] REPLACEMENT = ascii("\\ufffd");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final boolean[] PLAIN = new boolean[128];

    static {
        Arrays.fill(PLAIN, ' ', 128, true);
        for (char escaped : "\"\\<>&".toCharArray()) {
            PLAIN[escaped] = false;
        }
    }

    private byte[] bytes;
    private int size;

    JsonBuffer(int expectedBytes) {
        bytes = new byte[Math.max(64, expectedBytes)];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A text as a string of JSON, quotes included. */
    static byte[] quoted(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        JsonBuffer buffer = new JsonBuffer(plain.length + 2);
        buffer.string(plain, 0, plain.length);
        return buffer.toBytes();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void put(int character) {
        room(1);
        bytes[size++] = (byte) character;
    }

    void put(byte[] piece) {
        put(piece, 0, piece.length);
    }

    void put(byte[] data, int from, int to) {
        room(to - from);
        System.arraycopy(data, from, bytes, size, to - from);
        size += to - from;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            if (size > MOST_BYTES - more) {
                throw new Wire.Broken(0, "its JSON has more than " + MOST_BYTES + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * size));
        }
    }

    /** Begins the next member of an object, or does nothing but write what is a member already. */
    void member(byte[] key) {
        comma('{');
        put(key);
    }

    /** Begins the next element of a list. */
    void element() {
        comma('[');
    }

    /** Separates what follows from what was written before, unless that is the beginning. */
    void comma(char first) {
        if (bytes[size - 1] != first) {
            put(',');
        }
    }

    void putNull() {
        put(NULL);
    }

    void bool(boolean value) {
        put(value ? TRUE : FALSE);
    }

    void number(long value) {
        put(ascii(Long.toString(value)));
    }

    /** A number of 32 bits, of which the wire may have more. */
    void int32(long value) {
        int low = (int) value;
        number(low);
    }

    void base64(byte[] data, int from, int to) {
        put('"');
        put(Base64.getEncoder().encode(Arrays.copyOfRange(data, from, to)));
        put('"');
    }

    /** A string from bytes that should be UTF-8. */
    void string(byte[] data, int from, int to) {
        put('"');
        int copied = from;
        int at = from;
        while (at < to) {
            byte next = data[at];
            if (next >= 0 && PLAIN[next]) {
                at++;
                continue;
            }
            int length = next >= 0 ? 1 : Utf8.length(data, at, to);
            if (length > 1 && !isLineSeparator(data, at, length)) {
                at += length;
                continue;
            }
            put(data, copied, at);
            escape(data, at, length);
            at += Math.max(1, length);
            copied = at;
        }
        put(data, copied, to);
        put('"');
    }

    /** U+2028 and U+2029, which end a line in JavaScript. */
    static boolean isLineSeparator(byte[] data, int at, int length) {
        return length == 3 && data[at] == (byte) 0xe2 && data[at + 1] == (byte) 0x80 && (data[at + 2] & 0xfe) == 0xa8;
    }

    /** Writes one character as an escape; of length 0 is what is none. */
    void escape(byte[] data, int at, int length) {
        if (length == 0) {
            put(REPLACEMENT);
            return;
        }
        if (length == 3) {
            unicode(0x2000 | (data[at + 2] & 0x3f));
            return;
        }
        switch (data[at]) {
            case '"', '\\' -> pair(data[at]);
            case '\b' -> pair('b');
            case '\f' -> pair('f');
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\t' -> pair('t');
            default -> unicode(data[at]);
        }
    }

    private void pair(int character) {
        put('\\');
        put(character);
    }

    private void unicode(int character) {
        pair('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[character >> shift & 15]);
        }
    }
}
