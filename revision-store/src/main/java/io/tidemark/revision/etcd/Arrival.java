package io.tidemark.revision.etcd;

import io.tidemark.service.ByteBudget;

/**
 * What one request takes of the memory for large ones, piece by piece as it arrives, until it is answered: clients that write megabytes
 * all at the same time must not use up what everybody needs. Refused for want of it, a request is not kept
 * waiting: its bytes would be in the way of others on the same connection, which have the memory and are to arrive by it. On
 * the request's event loop.
 */
final class Arrival {
    /** Requests up to this size are not counted: how many may wait is bounded, too. */
    private static final int FREE_BYTES = 8 * 1024;
    /** While it is read, a request is there as bytes and as what they say. */
    private static final int TIMES = 2;

    private final ByteBudget memory;
    private long bytes;
    private long taken;
    private boolean over;

    Arrival(ByteBudget memory) {
        this.memory = memory;
    }

    /** @return whether there is memory for a piece; when not, nothing more must be kept of the request */
    boolean takes(int piece) {
        if (over) {
            return false;
        }
        bytes += piece;
        long wanted = bytes > FREE_BYTES ? TIMES * bytes - taken : 0;
        if (wanted > 0 && !memory.tryTake(wanted)) {
            over();
            return false;
        }
        taken += wanted;
        return true;
    }

    /** It is answered, or nobody waits for it any more. May be called again. */
    void over() {
        over = true;
        memory.release(taken);
        taken = 0;
    }
}
