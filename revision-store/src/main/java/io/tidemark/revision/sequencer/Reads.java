package io.tidemark.revision.sequencer;

import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.TooManyViewsException;
import io.tidemark.revision.store.View;
import java.util.Comparator;
import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

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
    private final LogEnds ends;
    private final Image image;
    private final int mostWaiting;
    private volatile Runnable behind = () -> {};
    private final PriorityBlockingQueue<Waiting> waiting =
            new PriorityBlockingQueue<>(64, Comparator.comparingLong(Waiting::end));
    private final AtomicLong furthest = new AtomicLong();

    /** What a read does with the state; closes the view that it is given. */
    public interface Reading {
        void from(View view);

        void failed(Failure failure);
    }

    /** @param home where it goes on */
    private record Waiting(long end, Executor home, Reading reading) {}

    /** @param mostWaiting reads that may wait; further ones are refused at once */
    public Reads(LogEnds ends, Image image, int mostWaiting) {
        this.ends = ends;
        this.image = image;
        this.mostWaiting = mostWaiting;
    }

    /** @param action whenever a read begins to wait: something is in the log that is not applied here */
    public void whenBehind(Runnable action) {
        behind = action;
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
        if (waiting.size() >= mostWaiting) {
            reading.failed(Failure.TOO_MANY_REQUESTS);
        } else {
            ends.ask(new Asking(home, reading));
        }
    }

    /** A read that asks for the log's end. */
    private final class Asking implements LogEnds.Asking {
        private final Executor home;
        private final Reading reading;

        Asking(Executor home, Reading reading) {
            this.home = home;
            this.reading = reading;
        }

        @Override
        public Executor home() {
            return home;
        }

        @Override
        public void told(long end) {
            if (image.position().nextOffset() >= end) {
                serializable(reading);
                return;
            }
            furthest.accumulateAndGet(end, Math::max);
            waiting.add(new Waiting(end, home, reading));
            behind.run();
            applied(); // it may have been applied while this one was put there
        }

        @Override
        public void failed(Failure failure) {
            reading.failed(failure);
        }
    }

    /** Up to where something has to be applied for all reads that wait; 0 when none does. */
    long furthest() {
        return waiting.isEmpty() ? 0 : furthest.get();
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

    /** Reads that wait for the log's end, or for what is in the log and not applied yet. */
    public int size() {
        return ends.size() + waiting.size();
    }
}
