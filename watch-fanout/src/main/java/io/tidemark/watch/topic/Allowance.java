package io.tidemark.watch.topic;

import java.util.concurrent.TimeUnit;

/** How many events a client is told, when it wants no more than so many a second: a second's events may come at once. */
final class Allowance {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int rate;
    private double left;
    private long filled;

    /** @param rate events a second; 0 for any number */
    Allowance(int rate, long now) {
        this.rate = rate;
        this.left = rate;
        this.filled = now;
    }

    boolean isUsedUp() {
        return rate > 0 && left < 1;
    }

    void use(int events) {
        left -= events;
    }

    /** @param now in nanoseconds */
    void fill(long now) {
        left = Math.min(rate, left + rate * ((now - filled) / SECOND));
        filled = now;
    }
}
