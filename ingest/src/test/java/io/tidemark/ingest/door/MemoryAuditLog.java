package io.tidemark.ingest.door;

import io.tidemark.schema.audit.AuditReject;
import io.tidemark.topic.Serdes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An audit log in memory that can be told to be full or to fail. */
final class MemoryAuditLog implements AuditLog {
    enum Mood {
        WELL,
        FULL,
        FAILING,
        SILENT,
        /** A fault in the code, which no retry mends. */
        BROKEN
    }

    private final List<LogBatch.Entry> events = new ArrayList<>();
    private final List<AuditReject> rejects = new ArrayList<>();
    private final List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    private volatile Mood mood = Mood.WELL;
    private int failures;

    void mood(Mood next) {
        mood = next;
    }

    synchronized List<LogBatch.Entry> events() {
        return List.copyOf(events);
    }

    synchronized List<AuditReject> rejects() {
        return List.copyOf(rejects);
    }

    /** Returns once it has failed. */
    synchronized void awaitFailure() throws InterruptedException {
        while (failures == 0) {
            wait();
        }
    }

    /** Answers that wait while the log is silent. */
    synchronized List<CompletableFuture<Integer>> waiting() {
        return List.copyOf(waiting);
    }

    @Override
    public synchronized CompletableFuture<Integer> append(LogBatch batch) {
        return switch (mood) {
            case FULL -> CompletableFuture.failedFuture(new OverloadedException("the log is full"));
            case FAILING -> {
                failures++;
                notifyAll();
                yield CompletableFuture.failedFuture(new AppendFailedException("1 of 2 records lost", null));
            }
            case BROKEN -> throw new IllegalStateException("broken");
            case SILENT -> {
                CompletableFuture<Integer> later = new CompletableFuture<>();
                waiting.add(later);
                yield later;
            }
            case WELL -> {
                for (LogBatch.Entry entry : batch.events()) {
                    events.add(new LogBatch.Entry(
                            Serdes.AUDIT_EVENT_KEY.decode(Serdes.AUDIT_EVENT_KEY.encode(entry.key())),
                            Serdes.AUDIT_EVENT.decode(Serdes.AUDIT_EVENT.encode(entry.event()))));
                }
                rejects.addAll(batch.rejects());
                notifyAll();
                yield CompletableFuture.completedFuture(0);
            }
        };
    }

    @Override
    public void close() {}
}
