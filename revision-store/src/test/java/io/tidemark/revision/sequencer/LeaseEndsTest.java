package io.tidemark.revision.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.machine.Lease;
import org.junit.jupiter.api.Test;

class LeaseEndsTest {
    private static final long SCAN = LeaseEnds.SCAN.toNanos();
    private static final long OVER = 10_000_000_000L;

    /** etcd's pace too: 1,000 a second ({@code defaultLeaseRevokeRate} in {@code server/lease/lessor.go}). */
    @Test
    void manyThatEndTogetherLeaveRoomForOtherRequests() {
        LeaseTimes leases = new LeaseTimes();
        for (int id = 1; id <= 1_200; id++) {
            leases.start(new Lease(id, 5), 0);
        }
        LeaseEnds ends = new LeaseEnds(leases);

        assertThat(ends.due(OVER)).hasSize(500);
        assertThat(ends.due(OVER + SCAN - 1)).isEmpty();
        assertThat(ends.due(OVER + SCAN)).hasSize(500);
        assertThat(ends.due(OVER + 2 * SCAN)).hasSize(200);
        assertThat(ends.due(OVER + 3 * SCAN)).isEmpty();
    }
}
