package io.tidemark.kube;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A place in JSON text. What it takes and refuses is what Go's {@code encoding/json} takes and refuses, and what it
 * copies is what Go's makes of JSON that a type writes by itself: white space gone, {@code <}, {@code >}, {@code &}, U+2028
 * and U+2029 escaped, all else as it was.
 */
final class JsonCursor {
    private static final int DEEPEST = 10_000;

    private final byte[] data;
    private final int end;
    private int at;

    JsonCursor(byte[] data, int from, int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    /** Copies the one value that there is to be; nothing but white space may follow. */
    static void copy(byte[] data, int from, int end, JsonBuffer out) {
        JsonCursor cursor = new JsonCursor(data, from, end);
        cursor.value(out);
        cursor.end();
    }

    void goTo(int position) {
        at = position;
    }

    /** The text of the string that begins there and was gone through. */
    String text(int from) {
        StringBuilder text = new StringBuilder();
        int plain = from + 1;
        int next = plain;
        while (data[next] != '"') {
            if (data[next] != '\\') {
                next++;
                continue;
            }
            text.append(new String(data, plain, next - plain, StandardCharsets.UTF_8));
            next++;
            switch (data[next]) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(new String(data, next + 1, 4, StandardCharsets.US_ASCII), 16));
                    next += 4;
                }
                default -> text.append((char) data[next]);
            }
            next++;
            plain = next;
        }
        return text.append(new String(data, plain, next - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private Wire.Broken broken(String why) {
        return new Wire.Broken(at, why);
    }

    /** Goes to the next character that is no white space, without taking it; -1 at the end. */
    int peek() {
        while (at < end && (data[at] == ' ' || data[at] == '\n' || data[at] == '\t' || data[at] == '\r')) {
            at++;
        }
        return at < end ? data[at] & 0xff : -1;
    }

    /** Takes the next character if it is that one. */
    boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    void need(char expected) {
        if (!take(expected)) {
            throw broken("no JSON: expected " + expected);
        }
    }

    void end() {
        if (peek() >= 0) {
            throw broken("no JSON: something follows its end");
        }
    }

    /** Goes behind one value, however deep, and copies it when there is something to copy it to. */
    void value(@Nullable JsonBuffer out) {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            int next = peek();
            if (next == '{' || next == '[') {
                if (depth == DEEPEST) {
                    throw broken("no JSON: more than " + DEEPEST + " levels");
                }
                objects.set(depth++, next == '{');
                punctuation(out);
                if (peek() != (next == '{' ? '}' : ']')) {
                    nameIf(next == '{', out);
                    continue;
                }
            } else {
                scalar(next, out);
            }
            depth = close(objects, depth, out);
            if (depth == 0) {
                return;
            }
            nameIf(objects.get(depth - 1), out);
        }
    }

    /** Behind a value: closes what ends there, or takes the comma; gives the levels that are open then. */
    private int close(BitSet objects, int open, @Nullable JsonBuffer out) {
        int depth = open;
        while (depth > 0) {
            int next = peek();
            if (next == ',') {
                punctuation(out);
                return depth;
            }
            if (next != (objects.get(depth - 1) ? '}' : ']')) {
                throw broken("no JSON: expected a comma or the end of an object or array");
            }
            punctuation(out);
            depth--;
        }
        return 0;
    }

    private void punctuation(@Nullable JsonBuffer out) {
        if (out != null) {
            out.put(data[at]);
        }
        at++;
    }

    private void nameIf(boolean object, @Nullable JsonBuffer out) {
        if (object) {
            string(out);
            need(':');
            if (out != null) {
                out.put(':');
            }
        }
    }

    private void scalar(int first, @Nullable JsonBuffer out) {
        int from = at;
        switch (first) {
            case '"' -> {
                string(out);
                return;
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
        if (out != null) {
            out.put(data, from, at);
        }
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || data[at] != word.charAt(i)) {
                throw broken("no JSON: expected " + word);
            }
            at++;
        }
    }

    private void number() {
        if (at < end && data[at] == '-') {
            at++;
        }
        if (at < end && data[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < end && data[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (data[at] == 'e' || data[at] == 'E')) {
            at++;
            if (at < end && (data[at] == '+' || data[at] == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int from = at;
        while (at < end && data[at] >= '0' && data[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw broken("no JSON: expected a value or a digit");
        }
    }

    /** Goes behind a string, and copies it when there is something to copy it to. */
    void string(@Nullable JsonBuffer out) {
        need('"');
        int copied = at - 1;
        while (true) {
            if (at >= end) {
                throw broken("no JSON: a string without an end");
            }
            int next = data[at];
            if (next == '"') {
                break;
            }
            if (next >= 0 && next < ' ') {
                throw broken("no JSON: a control character in a string");
            }
            int length = escaped(next);
            if (length > 0 && out != null) {
                out.put(data, copied, at);
                out.escape(data, at, length);
                copied = at + length;
            }
            at += next == '\\' ? escape() : Math.max(1, length);
        }
        at++;
        if (out != null) {
            out.put(data, copied, at);
        }
    }

    /** Length of the character when it is to be escaped, else 0. */
    private int escaped(int next) {
        if (next == '<' || next == '>' || next == '&') {
            return 1;
        }
        return next == (byte) 0xe2 && end - at >= 3 && JsonBuffer.isLineSeparator(data, at, 3) ? 3 : 0;
    }

    /** Length of an escape, its backslash included. */
    private int escape() {
        int next = at + 1 < end ? data[at + 1] : -1;
        if (next != 'u') {
            if ("\"\\/bfnrt".indexOf(next) < 0) {
                throw broken("no JSON: an escape that there is not");
            }
            return 2;
        }
        for (int i = 2; i < 6; i++) {
            if (at + i >= end || Character.digit(data[at + i], 16) < 0) {
                throw broken("no JSON: an escape of less than four digits");
            }
        }
        return 6;
    }
}
