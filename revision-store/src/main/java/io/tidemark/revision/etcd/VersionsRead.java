package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Nothing;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Condition;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.store.Listing;
import io.tidemark.revision.store.View;
import java.util.List;

/**
 * How much an operation looks at, which stands in memory as objects until it is answered. Of a transaction that is what both branches
 * do, and what is nested in them: which ones are taken is known only when it is done.
 */
final class VersionsRead {
    /** So many keys alone are not worth measuring: each is 1.5 MB at most, and most transactions have one or two. */
    private static final int FEW = 8;
    /** As which a list counts, however long it is. */
    private static final int LIST = FEW + 1;

    private VersionsRead() {}

    /** Whether it is not measured. Asked for every write, so that it makes nothing. */
    static boolean isLittle(Op op) {
        return keys(op) <= FEW;
    }

    private static int keys(Op op) {
        return switch (op) {
            case Range range -> keys(range.range());
            case Put put -> keepsVersion(put) ? 1 : 0;
            case Delete delete -> delete.previous() ? keys(delete.range()) : 0;
            case Txn txn -> conditions(txn) + keys(txn.success()) + keys(txn.failure());
            case Nothing nothing -> 0;
        };
    }

    private static int keys(KeyRange range) {
        return range.isSingle() ? 1 : LIST;
    }

    private static int keys(List<Op> branch) {
        int keys = 0;
        for (Op op : branch) {
            keys += keys(op);
        }
        return keys;
    }

    /** Of a key alone nothing is kept once it was compared. */
    private static int conditions(Txn txn) {
        int keys = 0;
        for (Condition condition : txn.conditions()) {
            keys += condition.range().isSingle() ? 0 : LIST;
        }
        return keys;
    }

    /** In the answer, or as what is written again. */
    private static boolean keepsVersion(Put put) {
        return put.previous() || put.ignoreValue();
    }

    /** Bytes of the versions. By a worker. */
    static long bytes(Op op, View view) {
        if (isLittle(op)) {
            return 0;
        }
        return op instanceof Range alone ? ofList(alone, view) : of(op, view);
    }

    /** Only as much as is asked for is read of one that is not a part of a transaction. */
    private static long ofList(Range range, View view) {
        if (range.countOnly()) {
            return 0;
        }
        long limit = range.isPlain() ? Math.max(0, range.limit()) : 0;
        boolean keysOnly = range.isPlain() && range.keysOnly();
        return measured(new Listing(range.range(), Math.max(0, range.revision()), limit, keysOnly), view);
    }

    private static long of(Op op, View view) {
        return switch (op) {
            case Range range -> of(range, view);
            case Put put -> keepsVersion(put) ? all(KeyRange.single(put.key()), view) : 0;
            case Delete delete -> delete.previous() ? all(delete.range(), view) : 0;
            case Txn txn -> conditions(txn, view) + of(txn.success(), view) + of(txn.failure(), view);
            case Nothing nothing -> 0;
        };
    }

    private static long of(List<Op> branch, View view) {
        return branch.stream().mapToLong(op -> of(op, view)).sum();
    }

    private static long conditions(Txn txn, View view) {
        return txn.conditions().stream()
                .map(Condition::range)
                .filter(range -> !range.isSingle())
                .mapToLong(range -> all(range, view))
                .sum();
    }

    /**
     * Of the newest revision, whichever is asked for: whether that can be read is not known yet. At the newest one, all keys are looked
     * at to count them, and as many versions as are asked for.
     */
    private static long of(Range range, View view) {
        boolean few = range.countOnly() || range.isPlain() && range.limit() > 0;
        if (range.range().isSingle() || range.revision() > 0 || !few) {
            return all(range.range(), view);
        }
        long keys = measured(new Listing(range.range(), 0, 0, true), view);
        return range.countOnly() ? keys : keys + measured(new Listing(range.range(), 0, range.limit(), false), view);
    }

    private static long all(KeyRange range, View view) {
        return measured(new Listing(range, 0, 0, false), view);
    }

    /** A key alone as a list of one, which is measured without being read. */
    private static long measured(Listing what, View view) {
        KeyRange range = what.range();
        KeyRange several =
                range.isSingle() ? new KeyRange(range.key(), range.key().next()) : range;
        return view.measure(new Listing(several, what.revision(), what.limit(), what.keysOnly()))
                .bytes();
    }
}
