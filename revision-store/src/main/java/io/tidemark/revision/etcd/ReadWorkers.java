package io.tidemark.revision.etcd;

import io.tidemark.revision.sequencer.Failure;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what takes long, away from the event loops. What comes when too many wait is rejected. */
public final class ReadWorkers implements AutoCloseable {
    private static final long IDLE_SECONDS = 60;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    ReadWorkers(int threads, int mostWaiting) {
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                Thread.ofPlatform().name("etcd-read-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Works for a call. When too many wait, the call is told so instead.
     *
     * @return whether the work will be done
     */
    boolean work(Call call, Runnable work) {
        boolean taken = offer(() -> Calls.guarded(call, work));
        if (!taken) {
            call.fail(Failure.TOO_MANY_REQUESTS);
        }
        return taken;
    }

    /**
     * Work that nobody is told of. It must not throw.
     *
     * @return whether it will be done; not when too many wait
     */
    public boolean offer(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    int waiting() {
        return pool.getQueue().size();
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
