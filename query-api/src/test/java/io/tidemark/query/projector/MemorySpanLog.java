package io.tidemark.query.projector;

import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.schema.audit.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A span log of one partition in memory; it can be told to fail and to have been replaced by a shorter one. */
final class MemorySpanLog {
    private final List<Span> records = new ArrayList<>();
    private int failures;
    private int connections;

    synchronized void append(Span... spans) {
        records.addAll(List.of(spans));
    }

    synchronized void failNext(int polls) {
        failures = polls;
    }

    synchronized void replaceBy(Span... spans) {
        records.clear();
        append(spans);
    }

    synchronized int connections() {
        return connections;
    }

    synchronized SpanLog connect() {
        connections++;
        return new Reader();
    }

    private synchronized List<Span> read(int from, int most) {
        if (failures > 0) {
            failures--;
            throw new SpanLogException("the log is away", new IllegalStateException("told to fail"));
        }
        return List.copyOf(records.subList(from, Math.min(records.size(), from + most)));
    }

    private synchronized int size() {
        return records.size();
    }

    private final class Reader implements SpanLog {
        private int next;

        @Override
        public boolean seek(LogPositions positions) {
            next = positions.next().getOrDefault(0, 0L).intValue();
            return next <= size();
        }

        @Override
        public SpanBatch poll(Duration timeout) {
            List<Span> spans = read(next, 3);
            if (spans.isEmpty()) {
                LockSupport.parkNanos(Math.min(timeout.toNanos(), 5_000_000));
                return SpanBatch.EMPTY;
            }
            next += spans.size();
            return SpanBatch.of(spans, LogPositions.of(Map.of(0, (long) next)));
        }

        @Override
        public long lagRecords() {
            return size() - next;
        }

        @Override
        public void close() {
            next = Integer.MAX_VALUE;
        }
    }
}
