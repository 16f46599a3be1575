package io.tidemark.revision.machine;

/**
 * A lease. When it ends is not part of it: the active writer alone measures that, and says so with a command.
 *
 * @param ttlSeconds as granted
 */
public record Lease(long id, long ttlSeconds) {}
