package io.tidemark.revision.etcd;

import io.tidemark.service.ByteBudget;

/**
 * How much memory long answers take until clients have them. Whoever begins one is refused when there is none left: clients that do
 * not read what they asked for must not use up what everybody needs. For any thread.
 */
final class AnswerMemory {
    /** What an answer that is read while it goes out takes beside what stands in memory of it; it must not end in the middle. */
    static final long AHEAD_BYTES = 256 * 1024;

    private final ByteBudget budget;

    /** @param most bytes */
    AnswerMemory(long most) {
        this.budget = new ByteBudget(most);
    }

    /** Bytes. */
    long taken() {
        return budget.usedBytes();
    }

    /** @throws NoAnswerMemoryException when it is not there; nothing was taken then */
    void take(long bytes) {
        if (!budget.tryTake(bytes)) {
            throw new NoAnswerMemoryException(bytes, budget.limitBytes());
        }
    }

    /** For an answer that has begun, and must not end in the middle. */
    void takeAnyway(long bytes) {
        budget.takeAnyway(bytes);
    }

    void give(long bytes) {
        budget.release(bytes);
    }
}
