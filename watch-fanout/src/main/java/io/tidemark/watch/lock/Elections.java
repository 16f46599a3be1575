package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** etcd's {@code v3electionpb.Election}, but for who observes one: {@link Observation}. */
public final class Elections {
    private static final String NOT_LEADER = "election: not leader";
    private static final String NOBODY = "election: no leader";

    private Elections() {}

    /**
     * Who was elected.
     *
     * @param revision at which the candidacy began, or was found
     */
    public record Elected(long revision, Candidacy leader) {}

    /**
     * Waits until a session leads. Who does already goes on to, with this value. Whether the session's key still exists then is
     * not looked at, as in etcd.
     */
    public static Step<Elected> campaign(Key name, byte[] value, Session session) {
        Queue queue = Queue.named(name);
        return session.with(lease -> {
            Key key = queue.of(lease);
            return new Step.Write<>(
                    Queue.enter(key, value, lease, List.of()),
                    answer -> entered(
                            queue, Queue.entered(key, (Answer.Done) answer, lease), value, (Answer.Done) answer),
                    Leaving.NOTHING);
        });
    }

    private static Step<Elected> entered(Queue queue, Candidacy own, byte[] value, Answer.Done answer) {
        Elected elected = new Elected(answer.revision(), own);
        LongFunction<Step<Elected>> awaiting =
                revision -> queue.awaitTurn(own, Leaving.whenGone(own.end()), () -> new Step.Done<>(elected));
        return answer.succeeded() || Arrays.equals(Queue.found(answer).value(), value)
                ? awaiting.apply(answer.revision())
                : say(own, value, Leaving.always(own.end()), awaiting);
    }

    private static <T> Step<T> say(Candidacy leader, byte[] value, Leaving leaving, LongFunction<Step<T>> then) {
        return new Step.Write<>(
                leader.say(value),
                answer -> ((Answer.Done) answer).succeeded()
                        ? then.apply(answer.revision())
                        : new Step.Failed<>(NOT_LEADER),
                leaving);
    }

    /**
     * Changes a leader's value; at which revision.
     *
     * @param session that the client names; with none, the value is of a lease that is granted
     */
    public static Step<Long> proclaim(Candidacy leader, byte[] value, Session session) {
        return session.with(lease ->
                say(new Candidacy(leader.key(), leader.created(), lease), value, Leaving.NOTHING, Step.Done::new));
    }

    /** Leads no more; at which revision. Nothing happens when somebody else does. */
    public static Step<Long> resign(Candidacy leader, Session session) {
        return session.with(
                lease -> new Step.Write<>(leader.end(), answer -> new Step.Done<>(answer.revision()), Leaving.NOTHING));
    }

    /**
     * Who leads.
     *
     * @param revision at which that was read
     */
    public record Leading(long revision, KeyValue leader) {}

    public static Step<Leading> leader(Key name) {
        return new Step.Read<>(
                Queue.named(name).first(),
                found -> found.kvs().isEmpty()
                        ? new Step.Failed<>(NOBODY)
                        : new Step.Done<>(
                                new Leading(found.revision(), found.kvs().getFirst())),
                Leaving.NOTHING);
    }
}
