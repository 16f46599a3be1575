package io.tidemark.query.trace;

import io.tidemark.schema.audit.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a trace.
 *
 * @param span what it shows
 * @param relation to the row above
 * @param start of the row: an object's row encloses everything under it
 * @param end of the row; null: still going on
 * @param logs spans shown on this row rather than under it, by time
 * @param children rows under it, by time
 */
public record TraceNode(
        Span span,
        Relation relation,
        Instant start,
        @Nullable Instant end,
        List<Span> logs,
        List<TraceNode> children) {
    public TraceNode {
        logs = List.copyOf(logs);
        children = List.copyOf(children);
    }
}
