package io.tidemark.query.trace;

/**
 * How large a trace may become. What is beyond is counted in the answer, never silently dropped.
 *
 * @param objectsMax most objects
 * @param spansMax most spans of them
 */
public record TraceLimits(int objectsMax, int spansMax) {}
