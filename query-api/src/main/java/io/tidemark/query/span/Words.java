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
        for (int i = 0; i <= length && words.size() < most; i++) {
            boolean inside = i < length && Character.isLetterOrDigit(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                add(text, start, i, words);
                if (parts) {
                    addParts(text, start, i, words);
                }
                start = -1;
            }
        }
    }

    private static void addParts(String text, int start, int end, Collection<String> words) {
        int from = start;
        for (int i = start + 1; i < end; i++) {
            if (Character.isUpperCase(text.charAt(i)) && Character.isLowerCase(text.charAt(i - 1))) {
                add(text, from, i, words);
                from = i;
            }
        }
        if (from > start) {
            add(text, from, end, words);
        }
    }

    private static void add(String text, int start, int end, Collection<String> words) {
        words.add(text.substring(start, Math.min(end, start + LONGEST)).toLowerCase(Locale.ROOT));
    }
}
