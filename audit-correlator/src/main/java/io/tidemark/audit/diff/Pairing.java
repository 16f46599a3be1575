package io.tidemark.audit.diff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which member of the object after belongs to which member of the object before.
 *
 * <p>The API server writes the members of a kind in one order, so the two are read side by side: the next member after is
 * mostly, byte by byte, the next one before. What that leaves over is matched by name.
 */
final class Pairing {
    static final int NONE = -1;

    final Slices before;
    final Slices after;
    private final int[] afterOf;
    private final boolean[] identical;
    private boolean[] taken = new boolean[8];
    private int next;

    private Pairing(Slices before, JsonText after, int open) {
        this.before = before;
        this.afterOf = new int[before.size()];
        Arrays.fill(afterOf, NONE);
        this.identical = new boolean[before.size()];
        this.after = Slices.members(after, open, this);
        taken = Arrays.copyOf(taken, Math.max(taken.length, this.after.size()));
        matchTheRest();
    }

    static Pairing of(JsonText before, int beforeOpen, JsonText after, int afterOpen) {
        return new Pairing(Slices.members(before, beforeOpen), after, afterOpen);
    }

    /** Index after of a member before; {@link #NONE} when it is gone. */
    int afterOf(int index) {
        return afterOf[index];
    }

    /** Whether the pair of a member before has the same bytes. */
    boolean identical(int index) {
        return identical[index];
    }

    /** Whether a member after has no pair before. */
    boolean added(int afterIndex) {
        return !taken[afterIndex];
    }

    /** Takes over the next member when the text at the offset repeats it; its end, or -1. */
    int repeated(Slices growing, int at) {
        if (next >= before.size()) {
            return -1;
        }
        int start = before.keyStart(next);
        int shift = at - start;
        int end = before.end(next) + shift;
        byte[] text = growing.text.bytes;
        // a number may go on behind the bytes that are equal
        if (end >= text.length
                || !endsMember(text[end])
                || !before.text.equalBytes(start, before.end(next), growing.text, at, end)) {
            return -1;
        }
        growing.add(at, before.keyEnd(next) + shift, before.start(next) + shift, end);
        identical[next] = true;
        pair(next++, growing.size() - 1);
        return end;
    }

    private static boolean endsMember(byte b) {
        return b == ',' || b == '}';
    }

    /** Pairs the member read last with the next one before when the names are equal, or with the one after that. */
    void parsed(Slices growing) {
        int index = growing.size() - 1;
        for (int candidate = next; candidate < before.size() && candidate < next + 2; candidate++) {
            if (growing.sameName(index, before, candidate)) {
                pair(candidate, index);
                next = candidate + 1;
                return;
            }
        }
    }

    private void pair(int beforeIndex, int afterIndex) {
        afterOf[beforeIndex] = afterIndex;
        if (afterIndex >= taken.length) {
            taken = Arrays.copyOf(taken, Math.max(taken.length * 2, afterIndex + 1));
        }
        taken[afterIndex] = true;
    }

    private void matchTheRest() {
        Map<String, Integer> unmatched = null;
        for (int index = 0; index < afterOf.length; index++) {
            if (afterOf[index] != NONE) {
                continue;
            }
            if (unmatched == null) {
                unmatched = unmatchedAfter();
            }
            if (unmatched.isEmpty()) {
                return;
            }
            Integer found = unmatched.remove(before.name(index));
            if (found != null) {
                pair(index, found);
            }
        }
    }

    private Map<String, Integer> unmatchedAfter() {
        Map<String, Integer> unmatched = new HashMap<>();
        for (int index = 0; index < after.size(); index++) {
            if (!taken[index]) {
                unmatched.put(after.name(index), index);
            }
        }
        return unmatched;
    }
}
