package io.tidemark.service;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may be held at once; who asks beyond that is refused, never queued. For any thread. */
public final class ByteBudget {
    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    public ByteBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes bytes, or takes nothing and answers false. */
    public boolean tryTake(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > limitBytes) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Takes bytes, also beyond the limit: for what has begun. */
    public void takeAnyway(long bytes) {
        used.addAndGet(bytes);
    }

    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    public long usedBytes() {
        return used.get();
    }

    public long limitBytes() {
        return limitBytes;
    }
}
