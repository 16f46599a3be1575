package io.tidemark.revision.checkpoint;

import io.tidemark.revision.log.LogRecord;
import java.util.List;

/**
 * The records of one keyspace's checkpoints, in one order: a partition of {@link io.tidemark.topic.Topics#KV_CHECKPOINTS}.
 * Offsets grow and are never given twice. Methods block, within a bound; one thread at a time uses it.
 */
public interface CheckpointTopic extends AutoCloseable {
    /** The offset of the oldest record; {@link #end} when there is none. */
    long begin() throws CheckpointsUnavailableException;

    /** The offset behind the newest record. */
    long end() throws CheckpointsUnavailableException;

    /**
     * Appends a record and returns when it is durable.
     *
     * @return its offset
     * @throws CheckpointsUnavailableException when it is not known to be there; it may be
     */
    long append(byte[] value) throws CheckpointsUnavailableException;

    /**
     * At least one record, from an offset on and in their order.
     *
     * @param offset before the end
     * @throws CheckpointsUnavailableException when there is none, or not within the bound, as when the offset lies before the
     *     oldest record
     */
    List<LogRecord> read(long offset) throws CheckpointsUnavailableException;

    /** Deletes all records before an offset, for good. */
    void removeBefore(long offset) throws CheckpointsUnavailableException;

    @Override
    void close();
}
