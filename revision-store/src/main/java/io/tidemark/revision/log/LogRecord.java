package io.tidemark.revision.log;

/**
 * A record as it stands in the log.
 *
 * @param key names the keyspace; not to be changed
 * @param value not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // identified by its offset, never compared
public record LogRecord(long offset, byte[] key, byte[] value) {}
