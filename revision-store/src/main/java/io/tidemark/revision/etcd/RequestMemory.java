package io.tidemark.revision.etcd;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory large requests take, from when they arrive until they are answered: clients that write megabytes all at the
 * same time must not use up what everybody needs. What small requests take is bounded by how many may wait. For any thread.
 */
final class RequestMemory {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most bytes */
    RequestMemory(long most) {
        this.most = most;
    }

    /** Bytes. */
    long taken() {
        return taken.get();
    }

    /** @return false when it is not there; nothing was taken then */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }
}
