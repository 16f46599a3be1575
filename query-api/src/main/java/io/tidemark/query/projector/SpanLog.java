package io.tidemark.query.projector;

import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import java.time.Duration;

/**
 * The log of spans as one reader sees it. Used by one thread. Every method throws {@link SpanLogException} when the log
 * cannot be read.
 */
public interface SpanLog extends AutoCloseable {

    /**
     * Goes to these positions; a partition without one is read from its beginning, as is one whose position has been
     * deleted by retention.
     *
     * @return false when the log ends before one of the positions: it is not the log they were taken from
     */
    boolean seek(LogPositions positions);

    /** The next records, at most as many as configured; empty when none came in time. */
    SpanBatch poll(Duration timeout);

    /** How many records lie behind the last one polled. Asks the log, so it also tells whether the log is there. */
    long lagRecords();

    @Override
    void close();
}
