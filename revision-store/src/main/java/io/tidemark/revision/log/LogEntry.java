package io.tidemark.revision.log;

import io.tidemark.revision.machine.Transaction;

/**
 * What a record of the log says.
 *
 * @param epoch of the writer; an entry with a lower epoch than a barrier before it does not count
 * @param timeMicros when the writer decided it, microseconds since 1970 by its clock: information for people
 * @param revision of the keyspace after it
 */
public record LogEntry(long epoch, long timeMicros, long revision, Content content) {
    public LogEntry {
        if (content instanceof Decided decided && decided.transaction().after(revision) != revision) {
            throw new IllegalArgumentException("a write at revision "
                    + decided.transaction().after(revision) + " makes that the keyspace's revision, not " + revision);
        }
    }

    /** What happened. */
    public sealed interface Content {}

    /** A command did something. */
    public record Decided(Transaction transaction) implements Content {}

    /**
     * A new writer took over, unless the epoch is 0.
     *
     * @param writer where other nodes reach it, {@code host:port}; empty when it is alone
     */
    public record Barrier(String writer) implements Content {}
}
