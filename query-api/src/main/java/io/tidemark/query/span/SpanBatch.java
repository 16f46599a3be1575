package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.util.List;

/**
 * Spans read from the log together, and where reading goes on behind them.
 *
 * @param spans in log order within each partition
 * @param next positions behind the last record of every partition that the batch touches
 * @param unreadable how many records were left out because they are not spans
 */
public record SpanBatch(List<Span> spans, LogPositions next, int unreadable) {
    public static final SpanBatch EMPTY = new SpanBatch(List.of(), LogPositions.NONE, 0);

    public SpanBatch {
        spans = List.copyOf(spans);
    }

    /** Whether the log had nothing new; a batch of unreadable records only is not empty. */
    public boolean isEmpty() {
        return next.next().isEmpty();
    }
}
