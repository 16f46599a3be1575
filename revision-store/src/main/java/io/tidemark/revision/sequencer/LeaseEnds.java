package io.tidemark.revision.sequencer;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Lease;
import java.time.Duration;
import java.util.List;

/** Leases whose time is over end like any other request, at most so many in a while that others get their turn. */
final class LeaseEnds {
    static final Duration SCAN = Duration.ofMillis(500);
    private static final int MOST = 500;

    private final LeaseTimes leases;
    private long scanned;

    LeaseEnds(LeaseTimes leases) {
        this.leases = leases;
    }

    /** Requests for the end of leases; none when one looked just now. */
    List<Submission> due(long now) {
        if (now - scanned < SCAN.toNanos()) {
            return List.of();
        }
        scanned = now;
        return leases.due(now, MOST).stream().map(Lease::id).map(this::end).toList();
    }

    private Submission end(long lease) {
        return new Submission(new Command.Revoke(lease), Asker.STORE, new LeaseEnd(lease, leases));
    }
}
