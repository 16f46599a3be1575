package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Txn;
import java.util.List;

/**
 * By how many bytes a command may make the store grow, estimated as etcd does ({@code server/storage/quota.go}): it is held
 * against the quota before anything is known of the state.
 */
final class Cost {
    /** Of a lease. */
    static final long LEASE = 64;

    private static final long BESIDES_KEY_AND_VALUE = 256;

    private Cost() {}

    /** 0 when nothing in it puts a key. Of a transaction's branches the more expensive one counts. */
    static long of(Op op) {
        return switch (op) {
            case Put put -> of(put.key(), put.value());
            case Txn txn -> Math.max(of(txn.success()), of(txn.failure()));
            case Command.Range range -> 0;
            case Command.Delete delete -> 0;
            case Command.Nothing nothing -> 0;
        };
    }

    static long of(Loaded loaded) {
        return loaded.revisions().stream()
                .flatMap(revision -> revision.changes().stream())
                .mapToLong(change -> change instanceof Transaction.Change.Put put
                        ? of(put.kv().key(), put.kv().value())
                        : 0)
                .sum();
    }

    private static long of(Key key, byte[] value) {
        return BESIDES_KEY_AND_VALUE + key.bytes().length + value.length;
    }

    private static long of(List<Op> branch) {
        long sum = 0;
        for (int i = 0; i < branch.size(); i++) {
            sum += of(branch.get(i));
        }
        return sum;
    }
}
