package io.tidemark.query.projector;

import java.time.Duration;

/**
 * Pace and bounds of the projector.
 *
 * @param refresh how long an applied span waits before it can be found, without a backlog
 * @param refreshMax the same under load
 * @param commit how often the store is made durable
 * @param commitSpans spans after which it is made durable at once
 * @param readyLag records behind beyond which the projector is degraded
 * @param retryMax longest pause after a failure
 * @param retention what is kept
 */
public record ProjectorSettings(
        Duration refresh,
        Duration refreshMax,
        Duration commit,
        int commitSpans,
        long readyLag,
        Duration retryMax,
        Retention retention) {

    /**
     * What is kept.
     *
     * @param time since acceptance
     * @param sizeBytes on disk
     * @param interval between two looks
     */
    public record Retention(Duration time, long sizeBytes, Duration interval) {}

    /** One interval more for every so many records. */
    private static final double BACKLOG_STEP = 2_000;

    /**
     * Grows with what cannot be found yet: under load, a few large segments are made instead of many small ones that
     * would only be merged.
     *
     * @param backlogRecords records not yet applied, and those applied since the last refresh
     */
    Duration refreshInterval(long backlogRecords) {
        double intervals = 1 + Math.max(0, backlogRecords) / BACKLOG_STEP;
        Duration grown = Duration.ofNanos((long) (refresh.toNanos() * intervals));
        return grown.compareTo(refreshMax) > 0 ? (refreshMax.compareTo(refresh) > 0 ? refreshMax : refresh) : grown;
    }
}
