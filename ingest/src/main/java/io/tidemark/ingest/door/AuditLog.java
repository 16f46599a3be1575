package io.tidemark.ingest.door;

import java.util.concurrent.CompletableFuture;

/** Where the doors put what they accepted. Safe for use by many threads. */
public interface AuditLog extends AutoCloseable {
    /**
     * Appends the batch.
     *
     * @return completes with the number of events that the log itself refused as too large (they are then among the
     *     rejects) after everything is durable; fails with {@link OverloadedException} when nothing was tried because
     *     too much is on its way already, or with {@link AppendFailedException} when a part of it, perhaps all, may be
     *     missing: append the whole batch again, duplicates do no harm
     */
    CompletableFuture<Integer> append(LogBatch batch);

    /** Waits for what is on its way, up to a deadline, and lets go of the log. */
    @Override
    void close();
}
