package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.util.List;

/**
 * Spans read from the log together, and where reading goes on behind them.
 *
 * @param spans in log order within each partition
 * @param next positions behind the last record of every partition that the batch touches
 */
public record SpanBatch(List<EncodedSpan> spans, LogPositions next) {
    public static final SpanBatch EMPTY = new SpanBatch(List.of(), LogPositions.NONE);

    public SpanBatch {
        spans = List.copyOf(spans);
    }

    /** A batch of spans that came from elsewhere than their topic. */
    public static SpanBatch of(List<Span> spans, LogPositions next) {
        return new SpanBatch(spans.stream().map(EncodedSpan::of).toList(), next);
    }

    /** Whether the log had nothing new. */
    public boolean isEmpty() {
        return next.next().isEmpty();
    }
}
