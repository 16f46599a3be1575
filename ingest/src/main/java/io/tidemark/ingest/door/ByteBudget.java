package io.tidemark.ingest.door;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may be held at once; who asks beyond that is refused, never queued. */
final class ByteBudget {
    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes bytes, or takes nothing and answers false. */
    boolean tryTake(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > limitBytes) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long usedBytes() {
        return used.get();
    }

    long limitBytes() {
        return limitBytes;
    }
}
