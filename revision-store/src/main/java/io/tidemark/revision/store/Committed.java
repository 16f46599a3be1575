package io.tidemark.revision.store;

import io.tidemark.revision.machine.Transaction;

/**
 * A transaction, and when it was decided.
 *
 * @param micros microseconds since 1970 by the writer's clock; may go back from one to the next
 */
public record Committed(Transaction transaction, long micros) {}
