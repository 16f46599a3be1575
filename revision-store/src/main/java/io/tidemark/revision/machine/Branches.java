package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Nothing;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Which branch each transaction takes, the nested ones too: all conditions are decided on the state before any of it is
 * done. Source: etcd's {@code server/etcdserver/txn/txn.go}.
 */
final class Branches {
    private final IdentityHashMap<Txn, Boolean> succeeded = new IdentityHashMap<>();
    private final Keyspace state;

    private Branches(Keyspace state) {
        this.state = state;
    }

    static Branches of(Op op, Keyspace state) {
        Branches branches = new Branches(state);
        branches.decide(op);
        return branches;
    }

    private void decide(Op op) {
        if (op instanceof Txn txn) {
            succeeded.put(txn, txn.conditions().stream().allMatch(condition -> condition.holds(state)));
            taken(txn).forEach(this::decide);
        }
    }

    boolean succeeded(Txn txn) {
        return succeeded.getOrDefault(txn, false);
    }

    List<Op> taken(Txn txn) {
        return succeeded(txn) ? txn.success() : txn.failure();
    }

    /** Looks at what is going to be done, in its order, so that what is refused leaves no trace. */
    void check(Op op) throws RefusedException {
        switch (op) {
            case Range range -> Reading.check(range, state);
            case Put put -> check(put);
            case Txn txn -> {
                for (Op inside : taken(txn)) {
                    refuseGivenUp(inside);
                    check(inside);
                }
            }
            case Delete delete -> {}
            case Nothing nothing -> {}
        }
    }

    /** Inside of a transaction a revision below 0 is one that was given up, not the newest. */
    private void refuseGivenUp(Op op) throws RefusedException {
        if (op instanceof Range range && range.revision() < Math.min(0, state.compacted())) {
            throw new RefusedException(Refusal.COMPACTED);
        }
    }

    private void check(Put put) throws RefusedException {
        if (put.lease() != 0 && state.lease(put.lease()) == null) {
            throw new RefusedException(Refusal.LEASE_NOT_FOUND);
        }
        if ((put.ignoreValue() || put.ignoreLease()) && state.newest(put.key()) == null) {
            throw new RefusedException(Refusal.KEY_NOT_FOUND);
        }
    }
}
