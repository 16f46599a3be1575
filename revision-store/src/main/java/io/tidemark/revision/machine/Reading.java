package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Answer.Ranged;
import io.tidemark.revision.machine.Command.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers a Range. Source of the rules: etcd's {@code server/etcdserver/txn/range.go}. What is left out by bounds or by
 * the limit is counted all the same.
 */
final class Reading {
    private Reading() {}

    /** Whether a revision that is asked for can be read; 0 and less is the newest one and always can. */
    static void check(Range range, Keyspace state) throws RefusedException {
        if (range.revision() > state.revision()) {
            throw new RefusedException(Refusal.FUTURE_REVISION);
        }
        if (range.revision() > 0 && range.revision() < state.compacted()) {
            throw new RefusedException(Refusal.COMPACTED);
        }
    }

    /**
     * Answers from the keys in the range.
     *
     * @param revision the store's, for the answer
     */
    static Ranged answer(Range range, List<KeyValue> found, long revision) {
        if (range.countOnly()) {
            return new Ranged(revision, List.of(), false, found.size());
        }
        List<KeyValue> wanted = new ArrayList<>();
        for (KeyValue kv : found) {
            if (range.bounds().admits(kv)) {
                wanted.add(kv);
            }
        }
        if (!range.sort().isNatural()) {
            wanted = sorted(range, wanted);
        }
        boolean more = range.limit() > 0 && wanted.size() > range.limit();
        List<KeyValue> kvs = more ? wanted.subList(0, (int) range.limit()) : wanted;
        return new Ranged(revision, shown(range, kvs), more, found.size());
    }

    /** Without an order, and with nothing left out by bounds, etcd sorts only as many as it reads for the limit. */
    private static List<KeyValue> sorted(Range range, List<KeyValue> wanted) {
        boolean readToTheLimit = range.sort().order() == Sort.Order.NONE
                && range.bounds().isNone()
                && range.limit() > 0
                && wanted.size() > range.limit();
        List<KeyValue> read = new ArrayList<>(readToTheLimit ? wanted.subList(0, (int) range.limit() + 1) : wanted);
        read.sort(range.sort().comparator());
        return read;
    }

    /** Without values, etcd answers from its index, which knows no leases; to sort by value, it has to read them all. */
    static List<KeyValue> shown(Range range, List<KeyValue> kvs) {
        if (!range.keysOnly()) {
            return List.copyOf(kvs);
        }
        boolean read = range.sort().target() == Sort.Target.VALUE;
        return kvs.stream().map(kv -> read ? kv.withoutValue() : kv.indexed()).toList();
    }
}
