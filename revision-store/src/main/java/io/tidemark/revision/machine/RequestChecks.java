package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Nothing;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import java.util.List;

/**
 * What can be said against a request without looking at the state. Source of the rules and their order: etcd's {@code
 * server/etcdserver/api/v3rpc/key.go}.
 */
final class RequestChecks {
    private final Limits limits;

    RequestChecks(Limits limits) {
        this.limits = limits;
    }

    void check(Op op) throws RefusedException {
        if (op instanceof Txn txn) {
            check(txn, limits.txnOps());
            PutsAndDeletes.check(txn.success());
            PutsAndDeletes.check(txn.failure());
        } else {
            check(op, limits.txnOps());
        }
    }

    private void check(Op op, int budget) throws RefusedException {
        switch (op) {
            case Range range -> check(range);
            case Put put -> check(put);
            case Delete delete -> refuseIf(delete.range().key().isEmpty(), Refusal.KEY_NOT_PROVIDED);
            case Txn txn -> check(txn, budget);
            case Nothing nothing -> throw new RefusedException(Refusal.KEY_NOT_FOUND);
        }
    }

    private static void check(Range range) throws RefusedException {
        refuseIf(range.range().key().isEmpty(), Refusal.KEY_NOT_PROVIDED);
        refuseIf(range.sort().isUnknown(), Refusal.INVALID_SORT_OPTION);
    }

    private static void check(Put put) throws RefusedException {
        refuseIf(put.key().isEmpty(), Refusal.KEY_NOT_PROVIDED);
        refuseIf(put.ignoreValue() && put.value().length > 0, Refusal.VALUE_PROVIDED);
        refuseIf(put.ignoreLease() && put.lease() != 0, Refusal.LEASE_PROVIDED);
    }

    /** What is nested shares the bound with what it is nested in. */
    private void check(Txn txn, int budget) throws RefusedException {
        int most = Math.max(
                txn.conditions().size(),
                Math.max(txn.success().size(), txn.failure().size()));
        refuseIf(most > budget, Refusal.TOO_MANY_OPERATIONS);
        for (Condition condition : txn.conditions()) {
            refuseIf(condition.range().key().isEmpty(), Refusal.KEY_NOT_PROVIDED);
        }
        for (List<Op> branch : List.of(txn.success(), txn.failure())) {
            for (Op op : branch) {
                check(op, budget - most);
            }
        }
    }

    private static void refuseIf(boolean wrong, Refusal refusal) throws RefusedException {
        if (wrong) {
            throw new RefusedException(refusal);
        }
    }
}
