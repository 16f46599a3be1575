package io.tidemark.revision.store;

import java.util.Arrays;

/**
 * The entries of the history, which lead to versions that were overwritten or deleted. A short one stands there itself. A longer
 * one stands in the table {@link Table#ENDED}, under the change that ended it, and the history says where. Of {@code a}, ended by the first
 * change of revision 9:
 *
 * <pre>
 *   12 0c 0a 01 61 ...                   short: an element of an answer
 *   00    0000000000000009  00000000     longer: the key in the table of ended versions
 *   (empty)                              no version: the key ended here
 * </pre>
 *
 * What is ended comes in the order of revisions, and goes in it when it is compacted. So new files of ended versions lie behind the older
 * ones, where in the order of keys they would lie among them and be merged with them.
 */
final class EndedVersion {
    /** A shorter one costs less where it stands than a second entry. */
    static final int SHORT_BYTES = 128;

    private static final byte ELSEWHERE = 0;

    private EndedVersion() {}

    static boolean isShort(byte[] element) {
        return element.length < SHORT_BYTES;
    }

    /** @param ended the key in the table of ended versions */
    static byte[] at(byte[] ended) {
        byte[] entry = new byte[1 + ended.length];
        entry[0] = ELSEWHERE;
        System.arraycopy(ended, 0, entry, 1, ended.length);
        return entry;
    }

    static boolean isElsewhere(byte[] entry) {
        return entry.length > 0 && entry[0] == ELSEWHERE;
    }

    /** Of one that is elsewhere: its key in the table of ended versions. */
    static byte[] keyOf(byte[] entry) {
        return Arrays.copyOfRange(entry, 1, entry.length);
    }
}
