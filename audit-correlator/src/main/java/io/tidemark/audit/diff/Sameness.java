package io.tidemark.audit.diff;

import java.math.BigDecimal;

/** Whether two JSON values mean the same: white space, escapes, the order of members and the spelling of numbers aside. */
final class Sameness {
    /** Values nested deeper are compared byte by byte. The API server itself refuses far shallower objects. */
    static final int MAX_DEPTH = 128;

    private Sameness() {}

    /** Whether the value at one index is the same as the one at another. */
    static boolean same(Slices before, int i, Slices after, int j, int depth) {
        if (before.sameBytes(i, after, j)) {
            return true;
        }
        byte first = before.first(i);
        byte other = after.first(j);
        if (first == '{' && other == '{' && depth < MAX_DEPTH) {
            return sameMembers(Pairing.of(before.text, before.start(i), after.text, after.start(j)), depth + 1);
        }
        if (first == '[' && other == '[' && depth < MAX_DEPTH) {
            return sameElements(
                    Slices.elements(before.text, before.start(i)),
                    Slices.elements(after.text, after.start(j)),
                    depth + 1);
        }
        if (first == '"' && other == '"') {
            return (before.hasEscape(i) || after.hasEscape(j))
                    && before.string(i).equals(after.string(j));
        }
        return startsNumber(first) && startsNumber(other) && sameNumber(before.raw(i), after.raw(j));
    }

    private static boolean sameMembers(Pairing pairing, int depth) {
        Slices before = pairing.before;
        Slices after = pairing.after;
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            int j = pairing.afterOf(i);
            if (j == Pairing.NONE || (!pairing.identical(i) && !same(before, i, after, j, depth))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameElements(Slices before, Slices after, int depth) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!same(before, i, after, i, depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsNumber(byte b) {
        return b == '-' || (b >= '0' && b <= '9');
    }

    private static boolean sameNumber(String before, String after) {
        try {
            return new BigDecimal(before).compareTo(new BigDecimal(after)) == 0;
        } catch (NumberFormatException e) {
            return false; // no numbers, or beyond any number: the texts differ, and that is all that can be said
        }
    }
}
