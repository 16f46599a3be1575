package io.tidemark.revision.store;

import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Write;
import java.util.List;

/**
 * A transaction, and when it was decided.
 *
 * @param micros microseconds since 1970 by the writer's clock; may go back from one to the next
 */
public record Committed(Transaction transaction, long micros) {
    /**
     * Looks at what follows in the log.
     *
     * @param from revision of what was applied before
     * @throws IllegalStateException when a revision does not follow from the one before: the log has a gap
     */
    static void checkFollow(List<Committed> transactions, long from) {
        long revision = from;
        for (Committed committed : transactions) {
            switch (committed.transaction()) {
                case Write write -> check(write.revision() == revision + 1, revision + 1, write.revision());
                case Loaded loaded -> checkAscends(loaded, revision);
                default -> {
                    // the others have no revision of their own
                }
            }
            revision = committed.transaction().after(revision);
        }
    }

    private static void checkAscends(Loaded loaded, long from) {
        long before = from;
        for (Loaded.Revision next : loaded.revisions()) {
            check(next.revision() > before, before + 1, next.revision());
            before = next.revision();
        }
    }

    private static void check(boolean follows, long expected, long found) {
        if (!follows) {
            throw new IllegalStateException("expected revision " + expected + ", found " + found);
        }
    }
}
