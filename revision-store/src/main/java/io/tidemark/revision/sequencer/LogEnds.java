package io.tidemark.revision.sequencer;

import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells where the log ends, as it is after one asked. */
public interface LogEnds extends AutoCloseable {
    /** Who wants to know. */
    interface Asking {
        /** Where it is told, when that is not at once. */
        Executor home();

        void told(long end);

        void failed(Failure failure);
    }

    /** Calls back: at once, or later at the asker's home. */
    void ask(Asking asking);

    /** Who waits to be told. */
    int size();

    @Override
    void close();

    /** Of a log in this process: it is told at once. */
    static LogEnds here(TransactionLog log) {
        return new LogEnds() {
            @Override
            public void ask(Asking asking) {
                long end;
                try {
                    end = log.end();
                } catch (LogUnavailableException e) {
                    asking.failed(Failure.NO_LEADER);
                    return;
                }
                asking.told(end);
            }

            @Override
            public int size() {
                return 0;
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    /**
     * Of a log that is far away: a thread asks it once for all who wait by then.
     *
     * @param most that may wait; further ones are refused
     */
    static LogEnds together(TransactionLog log, int most) {
        return new Together(log, most);
    }

    /** While the log is asked for some, others gather. */
    final class Together implements LogEnds {
        private static final long LOOK_MILLIS = 100;

        private final TransactionLog log;
        private final BlockingQueue<Asking> queue;
        private final Thread thread;
        private volatile boolean closed;

        private Together(TransactionLog log, int most) {
            this.log = log;
            this.queue = new ArrayBlockingQueue<>(most);
            this.thread = Thread.ofPlatform().name("log-end").start(this::run);
        }

        @Override
        public void ask(Asking asking) {
            if (closed) {
                asking.failed(Failure.STOPPED);
            } else if (!queue.offer(asking)) {
                asking.failed(Failure.TOO_MANY_REQUESTS);
            }
        }

        private void run() {
            List<Asking> taken = new ArrayList<>();
            while (!closed) {
                Asking first = next();
                if (first != null) {
                    taken.add(first);
                    queue.drainTo(taken);
                    tell(taken);
                    taken.clear();
                }
            }
            queue.drainTo(taken);
            taken.forEach(asking -> asking.home().execute(() -> asking.failed(Failure.STOPPED)));
        }

        private @Nullable Asking next() {
            try {
                return queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return null; // nobody does that; the loop looks whether it is closed
            }
        }

        private void tell(List<Asking> all) {
            try {
                long end = log.end();
                all.forEach(asking -> asking.home().execute(() -> asking.told(end)));
            } catch (LogUnavailableException e) {
                all.forEach(asking -> asking.home().execute(() -> asking.failed(Failure.NO_LEADER)));
            }
        }

        @Override
        public int size() {
            return queue.size();
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
