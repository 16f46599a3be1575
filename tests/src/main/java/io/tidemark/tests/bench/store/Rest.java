package io.tidemark.tests.bench.store;

import java.io.IOException;
import java.time.Duration;

/**
 * When a server has done what it put off. A store merges its files behind who writes: what one case left to be merged would be
 * counted with the next one, and what a round puts off would not be counted at all.
 */
final class Rest {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(30);
    /** Of a core, by all processes of a server. A platform that nobody uses takes a twentieth. */
    private static final double BUSY_CORES = 0.15;

    private Rest() {}

    /** Returns when the server is at rest, or after half a minute. */
    static void await(Peer peer) throws IOException {
        long began = System.nanoTime();
        double before = peer.cpuSeconds();
        while (System.nanoTime() - began < MOST.toNanos()) {
            sleep();
            double now = peer.cpuSeconds();
            if (now - before < BUSY_CORES * LOOK.toMillis() / 1_000) {
                return;
            }
            before = now;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server comes to rest", e);
        }
    }
}
