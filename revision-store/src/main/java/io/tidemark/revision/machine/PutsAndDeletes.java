package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Txn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one branch of a transaction writes: no key may be put twice, or put and deleted, as the outcome would hang on the
 * order. The same is asked of what is nested, with etcd's two gaps ({@code checkIntervals} in {@code
 * server/etcdserver/api/v3rpc/key.go}): of nested transactions beside each other, a put before a delete of the same key
 * passes; and a delete of all keys from one on ({@code \0} as its end) is read as one of no key.
 */
final class PutsAndDeletes {
    private final Set<Key> puts = new HashSet<>();
    private final List<KeyRange> deletes = new ArrayList<>();

    private PutsAndDeletes() {}

    static void check(List<Op> branch) throws RefusedException {
        of(branch);
    }

    private static PutsAndDeletes of(List<Op> branch) throws RefusedException {
        PutsAndDeletes all = new PutsAndDeletes();
        for (Op op : branch) {
            if (op instanceof Delete delete) {
                all.deletes.add(delete.range());
            }
        }
        for (Op op : branch) {
            if (op instanceof Txn txn) {
                all.take(of(txn.success()), of(txn.failure()));
            }
        }
        for (Op op : branch) {
            if (op instanceof Put put) {
                all.put(put.key());
            }
        }
        return all;
    }

    /** Only one of the two is done, so both may put the same key, and one may delete what the other puts. */
    private void take(PutsAndDeletes success, PutsAndDeletes failure) throws RefusedException {
        for (Key key : success.puts) {
            put(key);
        }
        for (Key key : failure.puts) {
            if (success.puts.contains(key)) {
                refuseIfDeleted(key);
            } else {
                put(key);
            }
        }
        deletes.addAll(success.deletes);
        deletes.addAll(failure.deletes);
    }

    private void put(Key key) throws RefusedException {
        refuseIfDeleted(key);
        if (!puts.add(key)) {
            throw new RefusedException(Refusal.DUPLICATE_KEY);
        }
    }

    private void refuseIfDeleted(Key key) throws RefusedException {
        for (KeyRange delete : deletes) {
            boolean covers = delete.isSingle()
                    ? delete.key().equals(key)
                    : delete.key().compareTo(key) <= 0 && key.compareTo(delete.end()) < 0;
            if (covers) {
                throw new RefusedException(Refusal.DUPLICATE_KEY);
            }
        }
    }
}
