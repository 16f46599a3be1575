package io.tidemark.query.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which queries read the store, and the bounded queue before them; at the bound a query is refused. */
final class QueryPool implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    QueryPool(int size, int waitingMax) {
        ThreadFactory named = Thread.ofPlatform().daemon().name("query-", 0).factory();
        threads = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waitingMax), named);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs the work soon, or throws a {@link Problem} now. */
    void run(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw Problem.busy("too many queries are waiting; try again in a second");
        }
    }

    int waiting() {
        return threads.getQueue().size();
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
