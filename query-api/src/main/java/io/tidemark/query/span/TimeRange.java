package io.tidemark.query.span;

/**
 * A stretch of time, both ends included, microseconds since the epoch.
 *
 * @param fromMicros first microsecond
 * @param toMicros last microsecond; {@link #FOREVER} when open
 */
public record TimeRange(long fromMicros, long toMicros) {
    /** End of what has not ended. */
    public static final long FOREVER = Long.MAX_VALUE;

    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, FOREVER);

    public TimeRange {
        if (fromMicros > toMicros) {
            throw new IllegalArgumentException("a time range must not end before it begins");
        }
    }

    /** Whether something that lasts from start to end touches this range. */
    public boolean overlaps(long startMicros, long endMicros) {
        return startMicros <= toMicros && endMicros >= fromMicros;
    }
}
