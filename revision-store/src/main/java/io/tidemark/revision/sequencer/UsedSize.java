package io.tidemark.revision.sequencer;

import io.tidemark.revision.store.Projection;

/**
 * The bytes that a keyspace takes, as the writer knows them: measured from time to time, which is too slow for each write,
 * with what was logged since then on top. So it is never far too small, and a write below the quota costs an addition. One
 * thread's business.
 */
final class UsedSize {
    /** Logged bytes after which one measures again: merging files makes more or less of them on the disk. */
    private static final long STEP = 32L * 1024 * 1024;

    private final Projection image;
    private long measured;
    private long since = STEP;

    UsedSize(Projection image) {
        this.image = image;
    }

    long estimate() {
        return since < STEP ? measured + since : measure();
    }

    long measure() {
        measured = image.size();
        since = 0;
        return measured;
    }

    /** So many bytes were logged. */
    void grew(long bytes) {
        since += bytes;
    }
}
