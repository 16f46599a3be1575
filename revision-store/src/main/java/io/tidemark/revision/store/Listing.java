package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;

/**
 * Which versions are listed, in the order of their keys.
 *
 * @param revision as of which; 0 for the newest; else not below {@link View#compacted} and not above {@link View#revision}
 * @param limit most of them; 0 for all
 * @param keysOnly as etcd's index has them, without value and lease
 */
public record Listing(KeyRange range, long revision, long limit, boolean keysOnly) {
    /**
     * What is left of it.
     *
     * @param next the first key of the rest
     * @param returned versions before that
     */
    public Listing from(Key next, long returned) {
        return new Listing(new KeyRange(next, range.end()), revision, limit == 0 ? 0 : limit - returned, keysOnly);
    }

    Listing at(long newest) {
        return revision == 0 ? new Listing(range, newest, limit, keysOnly) : this;
    }
}
