package io.tidemark.revision.etcd;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Calls that wait for the log, in the order in which they began to: each is given up after the same time. What it asked
 * for may still be done. On one event loop.
 */
final class Patience {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final long nanos;

    private record Waiting(Call call, long until) {}

    Patience(Duration most) {
        this.nanos = most.toNanos();
    }

    void begin(Call call) {
        for (Waiting first = waiting.peek(); first != null && !first.call.isWaiting(); first = waiting.peek()) {
            waiting.remove();
        }
        waiting.add(new Waiting(call, System.nanoTime() + nanos));
    }

    /** Gives up those whose time is over. */
    void look() {
        long now = System.nanoTime();
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            if (first.call.isWaiting() && first.until - now > 0) {
                return;
            }
            waiting.remove();
            first.call.giveUp();
        }
    }
}
