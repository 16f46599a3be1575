package io.tidemark.audit.diff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON as UTF-8 bytes, read in place: values are known by where they start and end, and nothing is decoded that need not be.
 * Checks brackets and quotes; what is wrong inside a skipped value passes unseen.
 */
public final class JsonText {
    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    final byte[] bytes;

    /** The text is read in place: the bytes must not change. */
    public JsonText(byte[] bytes) {
        this.bytes = bytes;
    }

    static JsonText emptyObject() {
        return new JsonText(EMPTY_OBJECT);
    }

    /**
     * The byte at the offset.
     *
     * @throws UnreadableBodyException naming what was expected, when the text ends before it
     */
    public byte at(int offset, String expected) {
        if (offset >= bytes.length) {
            throw new UnreadableBodyException(expected, offset);
        }
        return bytes[offset];
    }

    /** Where the object starts that this text is. */
    int open() {
        int start = skipSpace(0);
        if (at(start, "{") != '{') {
            throw new UnreadableBodyException("{", start);
        }
        return start;
    }

    /** Offset of the first byte from the offset on that is no white space. */
    public int skipSpace(int offset) {
        int at = offset;
        while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Offset after the string that starts at the offset: eight bytes at a time up to a quote or backslash. */
    public int endOfString(int start) {
        byte[] text = bytes;
        int at = start + 1;
        while (at < text.length) {
            if (at + Long.BYTES <= text.length) {
                long word = (long) LONGS.get(text, at);
                long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
                if (hits == 0) {
                    at += Long.BYTES;
                    continue;
                }
                at += Long.numberOfTrailingZeros(hits) >>> 3;
            }
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            }
            at += b == '\\' ? 2 : 1;
        }
        throw new UnreadableBodyException("end of string", text.length);
    }

    /** The high bit of the lowest byte that is zero; the bits above it mean nothing. */
    private static long zeroBytes(long word) {
        return word - ONES & ~word & HIGHS;
    }

    /** Offset after the value that starts at the offset. */
    public int endOfValue(int start) {
        return switch (at(start, "value")) {
            case '"' -> endOfString(start);
            case '{', '[' -> endOfContainer(start);
            case ',', ':', '}', ']' -> throw new UnreadableBodyException("value", start);
            default -> endOfBareWord(start);
        };
    }

    private int endOfContainer(int start) {
        byte[] text = bytes;
        int depth = 0;
        for (int at = start; at < text.length; at++) {
            byte b = text[at];
            if (b == '"') {
                at = endOfString(at) - 1;
            } else if ((b | 0x20) == '{') { // { and [ differ by this bit only, } and ] likewise
                depth++;
            } else if ((b | 0x20) == '}' && --depth == 0) {
                return at + 1;
            }
        }
        throw new UnreadableBodyException("closing bracket", text.length);
    }

    private int endOfBareWord(int start) {
        int at = start;
        while (at < bytes.length && !endsBareWord(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean endsBareWord(byte b) {
        return b == ',' || b == '}' || b == ']' || (b <= ' ' && b >= 0);
    }

    /** Whether there is a backslash from start to end. */
    public boolean hasEscape(int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** The JSON text of a value. */
    public String raw(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The content of the string that starts with its quote at start and ends before end. */
    public String string(int start, int end) {
        String inside = raw(start + 1, end - 1);
        return inside.indexOf('\\') < 0 ? inside : unescape(inside, start);
    }

    private static String unescape(String text, int offset) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++at);
            switch (escaped) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append(hex(text, at + 1, offset));
                    at += 4;
                }
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }

    private static char hex(String text, int at, int offset) {
        if (at + 4 > text.length()) {
            throw new UnreadableBodyException("four hex digits", offset);
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                throw new UnreadableBodyException("four hex digits", offset);
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** Whether a slice here and one there are the same bytes. */
    boolean equalBytes(int start, int end, JsonText other, int otherStart, int otherEnd) {
        return Arrays.equals(bytes, start, end, other.bytes, otherStart, otherEnd);
    }
}
