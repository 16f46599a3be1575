package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Answer;
import java.util.concurrent.atomic.LongAdder;

/** How many operations on keys there were, each of a transaction counted. Safe for use by several threads. */
final class OperationCounts {
    private final LongAdder ranges = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder txns = new LongAdder();

    /** One that is answered. */
    void count(Answer answer) {
        if (answer instanceof Answer.Done) {
            txns.increment();
        }
        add(answer);
    }

    /** One range that is answered. */
    void countRange() {
        ranges.increment();
    }

    private void add(Answer answer) {
        switch (answer) {
            case Answer.Ranged ranged -> ranges.increment();
            case Answer.Written written -> puts.increment();
            case Answer.Deleted deleted -> deletes.increment();
            case Answer.Done done -> done.answers().forEach(this::add);
            case Answer.Plain plain -> {}
            case Answer.Granted granted -> {}
            case Answer.Alarmed alarmed -> {}
        }
    }

    long ranges() {
        return ranges.sum();
    }

    long puts() {
        return puts.sum();
    }

    long deletes() {
        return deletes.sum();
    }

    long txns() {
        return txns.sum();
    }
}
