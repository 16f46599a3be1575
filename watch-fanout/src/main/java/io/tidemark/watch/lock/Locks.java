package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import java.util.List;

/** etcd's {@code v3lockpb.Lock}. */
public final class Locks {
    private static final byte[] NOTHING = {};
    private static final String EXPIRED = "mutex: session is expired";

    private Locks() {}

    /**
     * A lock that a session holds.
     *
     * @param revision at which it was seen to
     */
    public record Held(long revision, Key key) {}

    /** Waits until a session holds a lock. Who holds it already goes on to. */
    public static Step<Held> lock(Key name, Session session) {
        Queue queue = Queue.named(name);
        return session.with(lease -> {
            Key key = queue.of(lease);
            return new Step.Write<>(
                    Queue.enter(key, NOTHING, lease, List.of(queue.first())),
                    answer -> entered(queue, key, lease, (Answer.Done) answer),
                    Leaving.NOTHING);
        });
    }

    private static Step<Held> entered(Queue queue, Key key, long lease, Answer.Done answer) {
        Candidacy own = Queue.entered(key, answer, lease);
        List<KeyValue> first = ((Answer.Ranged) answer.answers().getLast()).kvs();
        if (first.isEmpty() || first.getFirst().createRevision() == own.created()) {
            return new Step.Done<>(new Held(answer.revision(), key));
        }
        Leaving leaving = Leaving.always(own.end());
        return queue.awaitTurn(
                own, leaving, () -> new Step.Read<>(Queue.single(key), found -> held(found, key), leaving));
    }

    private static Step<Held> held(Answer.Ranged found, Key key) {
        return found.kvs().isEmpty() ? new Step.Failed<>(EXPIRED) : new Step.Done<>(new Held(found.revision(), key));
    }

    /** Deletes a key, whatever it is; at which revision. */
    public static Step<Long> unlock(Key key) {
        return new Step.Write<>(
                new Delete(KeyRange.single(key), false), answer -> new Step.Done<>(answer.revision()), Leaving.NOTHING);
    }
}
