package io.tidemark.watch.etcd;

import java.util.concurrent.atomic.AtomicInteger;

/** How many calls wait for others to do something. From any thread. */
final class Waiting {
    private final int most;
    private final AtomicInteger now = new AtomicInteger();

    Waiting(int most) {
        this.most = most;
    }

    /** Whether there is room for a further one. */
    boolean enter() {
        if (now.incrementAndGet() > most) {
            now.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        now.decrementAndGet();
    }

    int now() {
        return now.get();
    }
}
