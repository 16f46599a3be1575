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
 * @param depthMax most levels a trace may ask for
 * @param traceLimits size of one trace
 * @param retention how long spans are kept, as told by the coverage
 */
public record QuerySettings(
        int threads,
        int waitingMax,
        int pageMax,
        int depth,
        int depthMax,
        TraceLimits traceLimits,
        Duration retention) {}
