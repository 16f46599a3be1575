package io.tidemark.query.projector;

import java.time.Duration;

/**
 * Pace and bounds of the projector.
 *
 * @param refresh how long an applied span waits before it can be found, without a backlog
 * @param refreshMax the same with a large backlog
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

    /** Twice the interval for every so many records of backlog. */
    private static final long BACKLOG_STEP = 10_000;

    /** Grows with the backlog, as small segments are what a projector that is behind can least afford. */
    Duration refreshInterval(long lagRecords) {
        Duration grown = refresh.plus(refresh.multipliedBy(Math.max(0, lagRecords) / BACKLOG_STEP));
        return grown.compareTo(refreshMax) > 0 ? (refreshMax.compareTo(refresh) > 0 ? refreshMax : refresh) : grown;
    }
}
