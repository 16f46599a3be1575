package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Key;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What has to be done next for a call; the last one is what it came to. A step that is refused or fails is the last one, too,
 * after what has to be undone then.
 *
 * <pre>
 *   lock ─► write: stand in the queue ─┬─ first in it ─────────────────────────────────► done
 *                                      └─ read: who is before ─┬─ nobody ─► read: still in it? ─► done, failed
 *                                              ▲               └─ await: that one is gone ─┐
 *                                              └───────────────────────────────────────────┘
 * </pre>
 *
 * @param <T> what it comes to
 */
public sealed interface Step<T> {
    /** What is left when this step is the last one. */
    default Leaving leaving() {
        return Leaving.NOTHING;
    }

    /** Something is asked of the writer. */
    record Write<T>(Command command, Function<Answer, Step<T>> then, Leaving leaving) implements Step<T> {}

    /** The newest keys are read. */
    record Read<T>(Command.Range range, Function<Answer.Ranged, Step<T>> then, Leaving leaving) implements Step<T> {}

    /**
     * A key is waited for to be deleted, by whoever does.
     *
     * @param from revision at which that may have happened, inclusive
     */
    record Await<T>(Key key, long from, Supplier<Step<T>> then, Leaving leaving) implements Step<T> {}

    /** It came to something. */
    record Done<T>(T result) implements Step<T> {}

    /** It came to nothing, and why. */
    record Failed<T>(String text) implements Step<T> {}
}
