package io.tidemark.query.trace;

import io.tidemark.query.span.TimeRange;

/**
 * Which trace is asked for.
 *
 * @param uid picks the incarnation; empty: the newest one of the range
 * @param range what has to be touched by a span to be shown
 * @param depth levels of owners above and of owned objects below
 */
public record TraceQuestion(ObjectName name, String uid, TimeRange range, int depth, View view) {}
