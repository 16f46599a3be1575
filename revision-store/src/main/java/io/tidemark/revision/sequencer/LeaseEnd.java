package io.tidemark.revision.sequencer;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Refusal;

/** Waits for the end of a lease whose time is over. */
record LeaseEnd(long lease, LeaseTimes leases) implements Reply {
    @Override
    public void told(Answer answer) {
        // the writer has taken it off already
    }

    /** Somebody revoked it in the meantime, or nothing may be written for now. */
    @Override
    public void refused(Refusal refusal) {
        if (refusal == Refusal.LEASE_NOT_FOUND) {
            leases.ended(lease);
        } else {
            leases.again(lease);
        }
    }

    @Override
    public void failed(Failure failure) {
        leases.again(lease);
    }
}
