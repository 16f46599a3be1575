package io.tidemark.query.span;

import java.nio.file.Path;

/** How an engine's stores come and go in the contract tests. */
public interface SpanStoreEngine {
    /** Opens the store in the folder, or a new one. */
    SpanStore open(Path folder);

    /** Ends the store as kill -9 does: nothing is committed. */
    void crash(SpanStore store);
}
