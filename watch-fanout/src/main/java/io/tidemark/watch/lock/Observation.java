package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;

/**
 * Who leads an election, for one who goes on listening. Leaders may be left out that were followed by another one soon; the
 * newest is always told.
 *
 * <pre>
 *   read: who leads ─┬─ somebody: told ────────────────────────► watch that key ─► each value: told
 *         ▲          └─ nobody ─► watch all ─► a put: told ─────────────▲   │
 *         └──────────────────────────────────────── it was deleted ◄────────┘
 * </pre>
 */
public final class Observation {
    private final Queue queue;
    private boolean awaiting;

    public Observation(Key name) {
        this.queue = Queue.named(name);
    }

    /**
     * What has to be watched.
     *
     * @param from revision of the first change, inclusive
     */
    public record Watched(KeyRange keys, long from) {}

    /** What became of the election. */
    public enum Heard {
        /** Nothing to be told of. */
        NOTHING,
        /** The leader's value, to be told. */
        VALUE,
        /** The first value of a leader, to be told with its own revision; {@link #of} says what has to be watched from now on. */
        LEADER,
        /** Nobody leads any more: {@link #leader} has to be read again. */
        END
    }

    /** What is to be read to begin with. */
    public Command.Range leader() {
        return queue.first();
    }

    /** Who leads is known; is told when there is somebody. */
    public Watched found(Answer.Ranged found) {
        awaiting = found.kvs().isEmpty();
        return awaiting
                ? new Watched(queue.keys(), found.revision())
                : of(found.kvs().getFirst().key(), found.revision());
    }

    /** @param told revision up to which its values were */
    public Watched of(Key leader, long told) {
        return new Watched(KeyRange.single(leader), told + 1);
    }

    /** Something happened to what is watched. */
    public Heard hear(boolean deletion) {
        if (awaiting) {
            if (deletion) {
                return Heard.NOTHING;
            }
            awaiting = false;
            return Heard.LEADER;
        }
        return deletion ? Heard.END : Heard.VALUE;
    }
}
