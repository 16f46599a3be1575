package io.tidemark.revision.store;

import java.util.Objects;

/**
 * Up to where the log was applied.
 *
 * @param nextOffset the offset from which to read on
 * @param epoch of the newest barrier before it; 0 before the first
 * @param log the log's {@link io.tidemark.revision.log.TransactionLog#identity}; empty when nothing was applied
 * @param writer where other nodes reach who wrote that barrier, {@code host:port}; empty when it is alone, or there was none
 */
public record Position(long nextOffset, long epoch, String log, String writer) {
    /** Nothing was applied. */
    public static final Position START = new Position(0, 0, "");

    /** With a writer that is alone. */
    public Position(long nextOffset, long epoch, String log) {
        this(nextOffset, epoch, log, "");
    }

    public Position {
        Objects.requireNonNull(log);
        Objects.requireNonNull(writer);
        if (nextOffset < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "offset and epoch must not be negative, found " + nextOffset + " and " + epoch);
        }
    }
}
