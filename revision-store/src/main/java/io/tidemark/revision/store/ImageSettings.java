package io.tidemark.revision.store;

/**
 * What an image may take of the machine.
 *
 * @param cacheBytes blocks that were read, with the indexes and filters of the files
 * @param writeBufferBytes what was applied and is not on disk yet; while it is written out, as much again
 * @param backgroundThreads for writing out and for merging files
 * @param viewsMost views that may be open at the same time
 * @param removalStep changes that are looked at in one step of removing what was compacted
 */
public record ImageSettings(
        long cacheBytes, long writeBufferBytes, int backgroundThreads, int viewsMost, int removalStep) {
    private static final long MIB = 1 << 20;

    /** For a process that shares two cores and little memory with others. */
    public static final ImageSettings DEFAULT = new ImageSettings(64 * MIB, 32 * MIB, 2, 10_000, 64);

    public ImageSettings {
        atLeast("cacheBytes", cacheBytes, MIB);
        atLeast("writeBufferBytes", writeBufferBytes, MIB);
        atLeast("backgroundThreads", backgroundThreads, 1);
        atLeast("viewsMost", viewsMost, 1);
        atLeast("removalStep", removalStep, 1);
    }

    private static void atLeast(String setting, long found, long least) {
        if (found < least) {
            throw new IllegalArgumentException(setting + ": expected at least " + least + ", found " + found);
        }
    }
}
