package io.tidemark.audit.diff;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the members of an object, or the elements of an array, start and end. */
final class Slices {
    private static final int STRIDE = 4;

    final JsonText text;
    private int[] offsets = new int[STRIDE * 8];
    private int size;

    private Slices(JsonText text) {
        this.text = text;
    }

    /** The members of the object that the text is. */
    static Slices root(JsonText text) {
        return members(text, text.open());
    }

    /** The members of the object at the offset. */
    static Slices members(JsonText text, int open) {
        return alongside(text, open, null);
    }

    /**
     * The members of the object at the offset, most of which are expected to be those of a twin, in the same order: a member
     * with the same bytes need not be scanned.
     */
    static Slices members(JsonText text, int open, Pairing pairing) {
        return alongside(text, open, pairing);
    }

    private static Slices alongside(JsonText text, int open, @Nullable Pairing pairing) {
        Slices slices = new Slices(text);
        int at = text.skipSpace(open + 1);
        if (text.at(at, "member or }") == '}') {
            return slices;
        }
        while (true) {
            int end = pairing == null ? -1 : pairing.repeated(slices, at);
            if (end < 0) {
                end = slices.member(at);
                if (pairing != null) {
                    pairing.parsed(slices);
                }
            }
            at = text.skipSpace(end);
            byte separator = text.at(at, ", or }");
            if (separator == '}') {
                return slices;
            }
            if (separator != ',') {
                throw new UnreadableBodyException(", or }", at);
            }
            at = text.skipSpace(at + 1);
        }
    }

    private int member(int start) {
        if (text.at(start, "member") != '"') {
            throw new UnreadableBodyException("member", start);
        }
        int keyEnd = text.endOfString(start);
        int colon = text.skipSpace(keyEnd);
        if (text.at(colon, ":") != ':') {
            throw new UnreadableBodyException(":", colon);
        }
        int valueStart = text.skipSpace(colon + 1);
        int valueEnd = text.endOfValue(valueStart);
        add(start, keyEnd, valueStart, valueEnd);
        return valueEnd;
    }

    /** The elements of the array at the offset. */
    static Slices elements(JsonText text, int open) {
        Slices slices = new Slices(text);
        int at = text.skipSpace(open + 1);
        if (text.at(at, "element or ]") == ']') {
            return slices;
        }
        while (true) {
            int end = text.endOfValue(at);
            slices.add(at, at, at, end);
            at = text.skipSpace(end);
            byte separator = text.at(at, ", or ]");
            if (separator == ']') {
                return slices;
            }
            if (separator != ',') {
                throw new UnreadableBodyException(", or ]", at);
            }
            at = text.skipSpace(at + 1);
        }
    }

    void add(int keyStart, int keyEnd, int valueStart, int valueEnd) {
        if (size * STRIDE == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        int at = size++ * STRIDE;
        offsets[at] = keyStart;
        offsets[at + 1] = keyEnd;
        offsets[at + 2] = valueStart;
        offsets[at + 3] = valueEnd;
    }

    int size() {
        return size;
    }

    int keyStart(int index) {
        return offsets[index * STRIDE];
    }

    int keyEnd(int index) {
        return offsets[index * STRIDE + 1];
    }

    int start(int index) {
        return offsets[index * STRIDE + 2];
    }

    int end(int index) {
        return offsets[index * STRIDE + 3];
    }

    byte first(int index) {
        return text.bytes[start(index)];
    }

    /** The member's name. */
    String name(int index) {
        return text.string(keyStart(index), keyEnd(index));
    }

    /** Index of the member of that name, see {@link #named}; {@link Pairing#NONE} when there is none. */
    int find(String asciiName) {
        for (int i = 0; i < size; i++) {
            if (named(i, asciiName)) {
                return i;
            }
        }
        return Pairing.NONE;
    }

    /** Whether the member has that name, an ASCII one; a name that is written with escapes is none of them. */
    boolean named(int index, String asciiName) {
        int from = keyStart(index) + 1;
        if (keyEnd(index) - 1 - from != asciiName.length()) {
            return false;
        }
        for (int i = 0; i < asciiName.length(); i++) {
            if (text.bytes[from + i] != asciiName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The content of the value, a string. */
    String string(int index) {
        return text.string(start(index), end(index));
    }

    boolean hasEscape(int index) {
        return text.hasEscape(start(index), end(index));
    }

    String raw(int index) {
        return text.raw(start(index), end(index));
    }

    boolean sameName(int index, Slices other, int otherIndex) {
        return text.equalBytes(
                keyStart(index), keyEnd(index), other.text, other.keyStart(otherIndex), other.keyEnd(otherIndex));
    }

    boolean sameBytes(int index, Slices other, int otherIndex) {
        return text.equalBytes(start(index), end(index), other.text, other.start(otherIndex), other.end(otherIndex));
    }
}
