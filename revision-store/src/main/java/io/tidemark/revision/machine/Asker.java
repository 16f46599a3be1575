package io.tidemark.revision.machine;

import org.jspecify.annotations.Nullable;

/** Who asks for something. Nobody wants to know, and nothing here is called, while {@link Auth#enabled} is false. */
@FunctionalInterface
public interface Asker {
    /** The store itself, such as when the time of a lease is over. */
    Asker STORE = (state, command) -> null;

    /** Why this one may not have it; null when nothing is against it. */
    @Nullable
    Refusal refusal(Keyspace state, Command command);
}
