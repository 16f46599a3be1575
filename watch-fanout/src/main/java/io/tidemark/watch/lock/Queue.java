package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command.Bounds;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Sort;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Those who want the same, as keys with a common beginning and a lease each. The key that was created first is first in it:
 *
 * <pre>
 *   jobs/694d9f2b   created at 7   has it
 *   jobs/1f         created at 9   waits until that one is deleted
 * </pre>
 *
 * Source: etcd's {@code client/v3/concurrency}.
 */
record Queue(Key prefix) {
    private static final byte SLASH = '/';
    private static final Bounds ANY = new Bounds(0, 0, 0, 0);
    private static final int HEX = 16;

    static Queue named(Key name) {
        int length = name.bytes().length;
        byte[] prefix = Arrays.copyOf(name.bytes(), length + 1);
        prefix[length] = SLASH;
        return new Queue(Key.of(prefix));
    }

    /** The key of who acts by a lease. */
    Key of(long lease) {
        byte[] id = Long.toString(lease, HEX).getBytes(StandardCharsets.US_ASCII);
        int length = prefix.bytes().length;
        byte[] key = Arrays.copyOf(prefix.bytes(), length + id.length);
        System.arraycopy(id, 0, key, length, id.length);
        return Key.of(key);
    }

    /** Creates a key; when it exists, it is read. */
    static Txn enter(Key key, byte[] value, long lease, List<Op> also) {
        return new Txn(
                List.of(Candidacy.createdAt(key, 0)),
                with(Candidacy.put(key, value, lease), also),
                with(single(key), also));
    }

    private static List<Op> with(Op first, List<Op> also) {
        return also.isEmpty() ? List.of(first) : List.of(first, also.getFirst());
    }

    /** What {@link #enter} came to. */
    static Candidacy entered(Key key, Answer.Done answer, long lease) {
        long created = answer.succeeded() ? answer.revision() : found(answer).createRevision();
        return new Candidacy(key, created, lease);
    }

    /** What was there when somebody entered. */
    static KeyValue found(Answer.Done answer) {
        return ((Answer.Ranged) answer.answers().getFirst()).kvs().getFirst();
    }

    static Range single(Key key) {
        return new Range(KeyRange.single(key), 0, 0, Sort.NATURAL, ANY, false, false);
    }

    /** All of it. */
    KeyRange keys() {
        return KeyRange.withPrefix(prefix);
    }

    /** Who has it. */
    Range first() {
        return one(Sort.Order.ASCEND, ANY);
    }

    private Range one(Sort.Order order, Bounds bounds) {
        return new Range(keys(), 0, 1, new Sort(order, Sort.Target.CREATE), bounds, false, false);
    }

    /** Waits until nobody is before one, each time for the last of those only: so one deletion wakes one who waits. */
    <T> Step<T> awaitTurn(Candidacy own, Leaving leaving, Supplier<Step<T>> then) {
        Range last = one(Sort.Order.DESCEND, new Bounds(0, 0, 0, own.created() - 1));
        return new Step.Read<>(
                last,
                found -> found.kvs().isEmpty()
                        ? then.get()
                        : new Step.Await<>(
                                found.kvs().getFirst().key(),
                                found.revision(),
                                () -> awaitTurn(own, leaving, then),
                                leaving),
                leaving);
    }
}
