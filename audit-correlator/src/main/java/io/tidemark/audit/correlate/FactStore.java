package io.tidemark.audit.correlate;

import io.tidemark.schema.correlate.Fact;
import org.jspecify.annotations.Nullable;

/** The facts held for one object key, by span id. */
public interface FactStore {
    /** The fact, or null when it is not held. */
    @Nullable
    Fact get(long spanId);

    void put(Fact fact);

    void remove(long spanId);
}
