package io.tidemark.ingest.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON (RFC 8259) in place, without making tokens of it: three times as fast as a parser, because nearly all of
 * an audit event is bodies of which nothing is needed but that they are well-formed. The text must be UTF-8.
 *
 * <p>Answers {@link #BAD} to whatever is not plain: not only to what is no JSON, also to what is rare (escapes in names
 * that are asked for, very long numbers, deep nesting). A parser then has to decide, and to tell what is wrong.
 */
final class JsonScan {
    static final int BAD = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 1_000;

    private final byte[] text;
    private final int end;
    private final int deepest;

    /**
     * Looks at a stretch of text.
     *
     * @param deepest levels of objects and arrays within one value
     */
    JsonScan(ByteSlice slice, int deepest) {
        this.text = slice.array();
        this.end = slice.offset() + slice.length();
        this.deepest = deepest;
    }

    /** The byte at the offset; 0, which no JSON holds, behind the end. */
    int byteAt(int at) {
        return at < end ? text[at] : 0;
    }

    /** Offset of the first byte that is no white space. */
    int space(int from) {
        int at = from;
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** Offset behind the value that begins at the offset. */
    int value(int from) {
        return value(from, 0);
    }

    private int value(int from, int depth) {
        return switch (byteAt(from)) {
            case '"' -> string(from);
            case '{' -> depth < deepest ? object(from, depth + 1) : BAD;
            case '[' -> depth < deepest ? array(from, depth + 1) : BAD;
            case 't' -> literal(from, "true");
            case 'f' -> literal(from, "false");
            case 'n' -> literal(from, "null");
            default -> number(from);
        };
    }

    private int object(int from, int depth) {
        return members(from, depth, null);
    }

    /** Told of each member of an object: where its name and its value begin and where its value ends. */
    interface Member {
        void take(JsonScan scan, int name, int value, int after);
    }

    /** Offset behind the object that begins at the offset; names and values are told as they are passed. */
    int members(int from, Member told) {
        return byteAt(from) == '{' ? members(from, 0, told) : BAD;
    }

    private int members(int from, int depth, @Nullable Member told) {
        int at = space(from + 1);
        if (byteAt(at) == '}') {
            return at + 1;
        }
        while (true) {
            int colon = name(at);
            int value = space(colon + 1);
            int after = colon == BAD ? BAD : value(value, depth);
            if (after == BAD) {
                return BAD;
            }
            if (told != null) {
                told.take(this, at, value, after);
            }
            at = space(after);
            if (byteAt(at) != ',') {
                return byteAt(at) == '}' ? at + 1 : BAD;
            }
            at = space(at + 1);
        }
    }

    private int array(int from, int depth) {
        int at = space(from + 1);
        if (byteAt(at) == ']') {
            return at + 1;
        }
        while (true) {
            int after = value(at, depth);
            if (after == BAD) {
                return BAD;
            }
            at = space(after);
            if (byteAt(at) != ',') {
                return byteAt(at) == ']' ? at + 1 : BAD;
            }
            at = space(at + 1);
        }
    }

    /** Offset of the colon behind the member's name that begins at the offset. */
    int name(int from) {
        int after = string(from);
        if (after == BAD || after - from > LONGEST_NAME) {
            return BAD;
        }
        int colon = space(after);
        return byteAt(colon) == ':' ? colon : BAD;
    }

    /** Offset behind the string that begins at the offset. */
    int string(int from) {
        if (byteAt(from) != '"') {
            return BAD;
        }
        int at = plain(from + 1);
        while (byteAt(at) == '\\') {
            at = escape(at);
            if (at == BAD) {
                return BAD;
            }
            at = plain(at);
        }
        return byteAt(at) == '"' ? at + 1 : BAD;
    }

    /** Offset of the next quote, backslash or control character. */
    private int plain(int from) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long word = (long) LONGS.get(text, at);
            // of each the high bit of the lowest hit is right, bits above it mean nothing
            long controls = word - SPACES & ~word & HIGHS;
            long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | controls;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && text[at] != '"' && text[at] != '\\' && (text[at] >= ' ' || text[at] < 0)) {
            at++;
        }
        return at;
    }

    private static long zeroBytes(long word) {
        return word - ONES & ~word & HIGHS;
    }

    private int escape(int from) {
        return switch (byteAt(from + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
            case 'u' -> hex(from + 2);
            default -> BAD;
        };
    }

    private int hex(int from) {
        for (int at = from; at < from + 4; at++) {
            if (Character.digit(byteAt(at), 16) < 0) {
                return BAD;
            }
        }
        return from + 4;
    }

    private int literal(int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(from + i) != word.charAt(i)) {
                return BAD;
            }
        }
        return from + word.length();
    }

    private int number(int from) {
        int at = byteAt(from) == '-' ? from + 1 : from;
        int whole = digits(at);
        if (whole == at || byteAt(at) == '0' && whole > at + 1) {
            return BAD;
        }
        at = whole;
        if (byteAt(at) == '.') {
            int fraction = digits(at + 1);
            if (fraction == at + 1) {
                return BAD;
            }
            at = fraction;
        }
        if ((byteAt(at) | 0x20) == 'e') {
            int sign = byteAt(at + 1);
            int first = sign == '+' || sign == '-' ? at + 2 : at + 1;
            int exponent = digits(first);
            if (exponent == first) {
                return BAD;
            }
            at = exponent;
        }
        return at - from <= LONGEST_NUMBER ? at : BAD;
    }

    private int digits(int from) {
        int at = from;
        while (byteAt(at) >= '0' && byteAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Whether the string that begins at the offset is this ASCII text. */
    boolean is(int from, String name) {
        int length = name.length();
        if (byteAt(from) != '"' || byteAt(from + length + 1) != '"') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[from + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a backslash between the offsets. */
    boolean hasEscape(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** The text between the offsets as it stands there. */
    String raw(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
