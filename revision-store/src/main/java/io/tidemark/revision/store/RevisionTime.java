package io.tidemark.revision.store;

/**
 * A revision, and when it was committed.
 *
 * @param micros microseconds since 1970: grows with the revision, or stays
 */
public record RevisionTime(long revision, long micros) {}
