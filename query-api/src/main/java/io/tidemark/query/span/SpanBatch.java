package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.util.List;

/**
 * Spans read from the log together, and where reading goes on behind them.
 *
 * @param spans in log order within each partition
 * @param next positions behind the last record of every partition that the batch touches
 */
public record SpanBatch(List<Span> spans, LogPositions next) {
    public static final SpanBatch EMPTY = new SpanBatch(List.of(), LogPositions.NONE);

    public SpanBatch {
        spans = List.copyOf(spans);
    }

    /** Whether the log had nothing new. */
    public boolean isEmpty() {
        return next.next().isEmpty();
    }
}
