package io.tidemark.revision.store;

/**
 * How large a page would be.
 *
 * @param bytes of all its elements
 * @param returned how many versions those are
 * @param more whether the range has further ones
 */
public record PageSize(long bytes, long returned, boolean more) {}
