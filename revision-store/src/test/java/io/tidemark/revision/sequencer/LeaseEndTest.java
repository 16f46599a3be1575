package io.tidemark.revision.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseEndTest {
    private static final long LATER = 10_000_000_000L;
    private static final Lease LEASE = new Lease(7, 5);

    private final LeaseTimes leases = new LeaseTimes();
    private final LeaseEnd end = new LeaseEnd(LEASE.id(), leases);

    @Test
    void whatCouldNotBeLoggedIsAskedForAgain() {
        letEnd();

        end.failed(Failure.TIMED_OUT);

        assertThat(leases.due(LATER, 10)).containsExactly(LEASE);
    }

    @Test
    void whatIsRefusedForNowIsAskedForAgain() {
        letEnd();

        end.refused(Refusal.NO_SPACE);

        assertThat(leases.due(LATER, 10)).containsExactly(LEASE);
    }

    @Test
    void whatSomebodyRevokedMeanwhileIsGone() {
        letEnd();

        end.refused(Refusal.LEASE_NOT_FOUND);

        assertThat(leases.due(LATER, 10)).isEmpty();
        assertThat(leases.size()).isZero();
    }

    private void letEnd() {
        leases.start(LEASE, 0);
        assertThat(leases.due(LATER, 10)).isEqualTo(List.of(LEASE));
    }
}
