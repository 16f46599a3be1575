package io.tidemark.audit.correlate;

import io.tidemark.schema.correlate.Fact;
import org.jspecify.annotations.Nullable;

/** The facts held for one object key, by span id. */
public interface FactStore {
    /** The fact, or null when it is not held. */
    @Nullable
    Fact get(long spanId);

    /** Holds the fact that came in, as it came in. */
    void put(Fact fact);

    /** Holds a fact that was put together from what came in and what was held, in place of what has its span id. */
    void replace(Fact fact);

    void remove(long spanId);
}
