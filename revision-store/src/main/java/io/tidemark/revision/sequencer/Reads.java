package io.tidemark.revision.sequencer;

import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.TooManyViewsException;
import io.tidemark.revision.store.View;
import java.util.Comparator;
import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;

/**
 * Reads of the applied state. A linearizable read has to show every write that was answered before it came in: it learns
 * the log's end, and is served as soon as everything before that is applied, on any node.
 *
 * <pre>
 *   read ─► end of the log = 12 ─┬─ applied up to 12 ─► served at once
 *                                └─ applied up to 10 ─► waits ─── applied ───► served
 * </pre>
 */
public final class Reads {
    private final TransactionLog log;
    private final Image image;
    private final int mostWaiting;
    private final PriorityBlockingQueue<Waiting> waiting =
            new PriorityBlockingQueue<>(64, Comparator.comparingLong(Waiting::end));

    /** What a read does with the state; closes the view that it is given. */
    public interface Reading {
        void from(View view);

        void failed(Failure failure);
    }

    /** @param home where it goes on */
    private record Waiting(long end, Executor home, Reading reading) {}

    /** @param mostWaiting reads that may wait; further ones are refused at once */
    public Reads(TransactionLog log, Image image, int mostWaiting) {
        this.log = log;
        this.image = image;
        this.mostWaiting = mostWaiting;
    }

    /** What is applied here, whatever the log says by now. */
    public void serializable(Reading reading) {
        View view;
        try {
            view = image.view();
        } catch (TooManyViewsException e) {
            reading.failed(Failure.TOO_MANY_REQUESTS);
            return;
        }
        reading.from(view);
    }

    /**
     * What every write left that was answered before this call.
     *
     * @param home where it goes on when it cannot be served at once
     */
    public void linearizable(Reading reading, Executor home) {
        long end;
        try {
            end = log.end();
        } catch (LogUnavailableException e) {
            reading.failed(Failure.NO_LEADER);
            return;
        }
        if (image.position().nextOffset() >= end) {
            serializable(reading);
            return;
        }
        if (waiting.size() >= mostWaiting) {
            reading.failed(Failure.TOO_MANY_REQUESTS);
            return;
        }
        waiting.add(new Waiting(end, home, reading));
        applied(); // it may have been applied while this one was put there
    }

    /** More was applied: those that waited for it go on. */
    void applied() {
        while (true) {
            Waiting first = waiting.poll();
            if (first == null) {
                return;
            }
            if (first.end > image.position().nextOffset()) {
                waiting.add(first);
                if (first.end > image.position().nextOffset()) {
                    return; // whoever applies more sees it waiting
                }
                continue;
            }
            first.home.execute(() -> serializable(first.reading));
        }
    }

    /** Nothing will be applied any more. */
    void fail(Failure failure) {
        for (Waiting left = waiting.poll(); left != null; left = waiting.poll()) {
            Waiting one = left;
            one.home.execute(() -> one.reading.failed(failure));
        }
    }

    /** Reads that wait for what is in the log and not applied yet. */
    public int size() {
        return waiting.size();
    }
}
