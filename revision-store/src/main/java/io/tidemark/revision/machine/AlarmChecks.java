package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Txn;
import java.util.List;

/** What alarms keep from being done. Source: etcd's {@code server/etcdserver/apply}, {@code capped.go} and {@code corrupt.go}. */
final class AlarmChecks {
    private AlarmChecks() {}

    static void check(Alarms alarms, Op op) throws RefusedException {
        if (alarms.all().isEmpty()) {
            return;
        }
        if (!onlyReads(op)) {
            refuseWhenCorrupt(alarms);
        }
        if (Cost.of(op) > 0) {
            refuseWhenFull(alarms);
        }
    }

    /** A transaction in a transaction counts as a write, as in etcd. */
    private static boolean onlyReads(Op op) {
        return switch (op) {
            case Command.Range range -> true;
            case Txn txn -> areRanges(txn.success()) && areRanges(txn.failure());
            case Command.Put put -> false;
            case Command.Delete delete -> false;
            case Command.Nothing nothing -> false;
        };
    }

    private static boolean areRanges(List<Op> branch) {
        return branch.stream().allMatch(Command.Range.class::isInstance);
    }

    static void refuseWhenCorrupt(Alarms alarms) throws RefusedException {
        if (alarms.hasKind(Alarm.CORRUPT)) {
            throw new RefusedException(Refusal.CORRUPT);
        }
    }

    static void refuseWhenFull(Alarms alarms) throws RefusedException {
        if (alarms.hasKind(Alarm.NO_SPACE)) {
            throw new RefusedException(Refusal.NO_SPACE);
        }
    }
}
