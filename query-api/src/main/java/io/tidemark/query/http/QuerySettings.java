package io.tidemark.query.http;

import io.tidemark.query.trace.TraceLimits;
import java.time.Duration;

/**
 * Bounds of the query API.
 *
 * @param threads queries answered at the same time
 * @param waitingMax queries waiting for a thread; more are refused with 503
 * @param pageMax most items a page may be asked to hold
 * @param depth levels of owners and owned objects when a trace asks for none
 * @param traceLimits size of one trace
 * @param tail bounds of the live tail
 * @param retention how long spans are kept, as told by the coverage
 */
public record QuerySettings(
        int threads, int waitingMax, int pageMax, int depth, TraceLimits traceLimits, Tail tail, Duration retention) {

    /** Most levels that a trace may ask for. */
    static final int DEPTH_MAX = 10;

    /**
     * Bounds of the live tail.
     *
     * @param clientsMax tails at the same time; more are refused with 503
     * @param batch spans sent before it is looked whether the client keeps up
     * @param behindMax spans a client may be behind; beyond, it is told what it misses and goes on with the newest
     */
    public record Tail(int clientsMax, int batch, int behindMax) {}
}
