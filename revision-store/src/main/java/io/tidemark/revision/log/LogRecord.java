package io.tidemark.revision.log;

/**
 * A record as it stands in the log.
 *
 * @param value not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // identified by its offset, never compared
public record LogRecord(long offset, byte[] value) {}
