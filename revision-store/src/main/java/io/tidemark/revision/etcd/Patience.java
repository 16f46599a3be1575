package io.tidemark.revision.etcd;

import io.tidemark.revision.sequencer.Failure;
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

    private record Waiting(Call call, int turn, long until) {
        boolean isOver() {
            return !call.isWaiting(turn);
        }
    }

    Patience(Duration most) {
        this.nanos = most.toNanos();
    }

    /** @param turn how often it had to before */
    void begin(Call call, int turn) {
        for (Waiting first = waiting.peek(); first != null && first.isOver(); first = waiting.peek()) {
            waiting.remove();
        }
        waiting.add(new Waiting(call, turn, System.nanoTime() + nanos));
    }

    /** Gives up those whose time is over. */
    void look() {
        long now = System.nanoTime();
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            if (!first.isOver() && first.until - now > 0) {
                return;
            }
            waiting.remove();
            if (!first.isOver()) {
                first.call.fail(Failure.TIMED_OUT);
            }
        }
    }
}
