package io.tidemark.revision.checkpoint;

import java.util.concurrent.TimeUnit;

/** Keeps what is written below a rate, so that the log's own flushes find the disk free. One thread's business. */
final class Pace {
    private final long bytesPerSecond;
    private final long began = System.nanoTime();
    private long bytes;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** So much was written: waits until that is no more than the rate allows. */
    void written(int more) throws InterruptedException {
        bytes += more;
        double due = (double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
        TimeUnit.NANOSECONDS.sleep((long) due - (System.nanoTime() - began));
    }
}
