package io.tidemark.tests.bench;

import java.util.Arrays;

/** Where in a text of JSON the UUIDs and the dates of timestamps stand. */
final class Places {
    private static final int UUID_LENGTH = 36;
    private static final int DATE_LENGTH = 10;

    private Places() {}

    /** Beginnings of all {@code xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}. */
    static int[] ofUuids(byte[] text) {
        int[] found = new int[16];
        int count = 0;
        for (int i = 0; i + UUID_LENGTH <= text.length; i++) {
            if (text[i + 8] == '-' && isUuid(text, i)) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = i;
                i += UUID_LENGTH - 1;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean isUuid(byte[] text, int at) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            byte c = text[at + i];
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean fits = dash ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Beginnings of all {@code yyyy-mm-dd} before a {@code T}. */
    static int[] ofDates(byte[] text) {
        int[] found = new int[16];
        int count = 0;
        for (int i = 0; i + DATE_LENGTH < text.length; i++) {
            if (text[i + DATE_LENGTH] == 'T' && isDate(text, i)) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = i;
                i += DATE_LENGTH;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean isDate(byte[] text, int at) {
        for (int i = 0; i < DATE_LENGTH; i++) {
            byte c = text[at + i];
            boolean fits = i == 4 || i == 7 ? c == '-' : c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
