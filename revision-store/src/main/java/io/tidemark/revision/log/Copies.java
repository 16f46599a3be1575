package io.tidemark.revision.log;

/**
 * How often a log lies somewhere.
 *
 * @param all brokers that are to have it
 * @param confirming of which so many have a record before it counts as appended
 */
public record Copies(int all, int confirming) {
    /** In this process, on one disk. */
    public static final Copies ONE = new Copies(1, 1);

    /** Whether a record that counts as appended is lost with one broker. */
    public boolean isLostWithOne() {
        return Math.min(all, confirming) < 2;
    }
}
