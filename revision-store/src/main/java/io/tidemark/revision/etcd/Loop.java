package io.tidemark.revision.etcd;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One event loop of the port. What comes from the loop itself is done at once. What others hand to it is done in their
 * order, and as many as there are in one go: a group that the writer finishes wakes the loop once, not once for each
 * answer.
 */
public final class Loop implements Executor {
    private final ContextInternal context;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Patience patience;
    private final SlowCalls slow;

    Loop(Context context, Patience patience, SlowCalls slow) {
        this.context = (ContextInternal) context;
        this.patience = patience;
        this.slow = slow;
    }

    /** With calls of this loop. */
    Patience patience() {
        return patience;
    }

    /** Work that would hold it up, and what is done here with its outcome or failure. */
    <T> void aside(Callable<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        context.executeBlocking(work, false).onSuccess(then::accept).onFailure(otherwise::accept);
    }

    /** What is done when a time is over. On the loop. */
    void after(Duration time, Runnable task) {
        context.setTimer(time.toMillis(), ignored -> task.run());
    }

    /** Told of each call of this loop that ended. */
    SlowCalls slow() {
        return slow;
    }

    @Override
    public void execute(Runnable task) {
        if (context.inThread()) {
            task.run();
        } else {
            later(task);
        }
    }

    /** Not at once, on the loop itself neither: when what is under way there is done. */
    public void later(Runnable task) {
        tasks.add(task);
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(ignored -> drain());
        }
    }

    private void drain() {
        woken.set(false); // before looking: what comes in from now on wakes it again
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
