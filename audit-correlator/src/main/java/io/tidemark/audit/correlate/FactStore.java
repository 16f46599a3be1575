package io.tidemark.audit.correlate;

import io.tidemark.audit.fact.Evidence;
import org.jspecify.annotations.Nullable;

/** The evidence held for one object key, by span id. */
public interface FactStore {
    /** The evidence, or null when it is not held. */
    @Nullable
    Evidence get(long spanId);

    /** Holds it in place of what has its span id. */
    void put(Evidence evidence);

    void remove(long spanId);
}
