package io.tidemark.query.span;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Text cut into the words by which it is found: runs of letters and digits, in lower case. Indexed text gives the parts
 * of mixed-case words as well: {@code ImagePullBackOff} gives {@code imagepullbackoff, image, pull, back, off}.
 */
public final class Words {
    private static final int LONGEST = 64;

    private static final int DIGIT = 1;
    private static final int LOWER = 2;
    private static final int UPPER = 4;
    private static final int FOREIGN = 8;
    private static final int MIXED = LOWER | UPPER;
    private static final byte[] ASCII = new byte[128];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = (byte) (Character.isDigit(c) ? DIGIT : caseOf(c));
        }
    }

    private Words() {}

    /** The words of a question. */
    public static List<String> asked(String text) {
        List<String> words = new ArrayList<>();
        collect(text, words, false, Integer.MAX_VALUE);
        return words;
    }

    /** Adds the words of a text until there are as many as allowed. */
    static void index(String text, Collection<String> words, int most) {
        collect(text, words, true, most);
    }

    private static void collect(String text, Collection<String> words, boolean parts, int most) {
        int length = text.length();
        int start = -1;
        int signs = 0; // kinds of signs in the word so far
        for (int i = 0; i <= length && words.size() < most; i++) {
            int sign = i < length ? sign(text.charAt(i)) : 0;
            if (sign != 0) {
                start = start < 0 ? i : start;
                signs |= sign;
            } else if (start >= 0) {
                add(text, start, i, words, signs);
                if (parts && (signs & MIXED) == MIXED) {
                    addParts(text, start, i, words);
                }
                start = -1;
                signs = 0;
            }
        }
    }

    /** What kind of sign of a word it is; 0 for what stands between words. */
    private static int sign(char c) {
        if (c < ASCII.length) {
            return ASCII[c];
        }
        return Character.isLetterOrDigit(c) ? FOREIGN | caseOf(c) : 0;
    }

    private static int caseOf(char c) {
        return Character.isUpperCase(c) ? UPPER : Character.isLowerCase(c) ? LOWER : 0;
    }

    private static void addParts(String text, int start, int end, Collection<String> words) {
        int from = start;
        for (int i = start + 1; i < end; i++) {
            if ((sign(text.charAt(i)) & UPPER) != 0 && (sign(text.charAt(i - 1)) & LOWER) != 0) {
                add(text, from, i, words, MIXED);
                from = i;
            }
        }
        if (from > start) {
            add(text, from, end, words, MIXED);
        }
    }

    private static void add(String text, int start, int end, Collection<String> words, int signs) {
        String word = text.substring(start, Math.min(end, start + LONGEST));
        words.add((signs & (UPPER | FOREIGN)) == 0 ? word : word.toLowerCase(Locale.ROOT));
    }
}
