package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import java.util.function.LongFunction;

/**
 * The lease that a client acts by.
 *
 * @param lease 0 for one that is granted
 * @param free id above 0, by chance: the first that is tried for that one
 */
public record Session(long lease, long free) {
    /** etcd's {@code defaultSessionTTL}. */
    private static final long SECONDS = 60;

    <T> Step<T> with(LongFunction<Step<T>> then) {
        if (lease != 0) {
            return then.apply(lease);
        }
        return new Step.Write<>(
                new Command.Grant(0, SECONDS, free),
                answer -> then.apply(((Answer.Granted) answer).lease().id()),
                Leaving.NOTHING);
    }
}
