package io.tidemark.tests.bench.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Keeps a number of calls under way: each slot calls again as soon as it was answered. On the event loop of its calls. */
final class ClosedLoop {
    private static final long HIGHEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final byte[] NOTHING = {};

    private final Calls calls;
    private final Workload workload;
    private final int slots;
    private final long nanos;
    private final Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private long began;
    private int running;
    private @Nullable IllegalStateException failure;

    private ClosedLoop(Calls calls, Workload workload, int slots, Duration time) {
        this.calls = calls;
        this.workload = workload;
        this.slots = slots;
        this.nanos = time.toNanos();
    }

    /**
     * Runs until the time is over or the workload has no more to do.
     *
     * @throws java.util.concurrent.CompletionException when a call fails, or is answered wrongly
     */
    static Outcome run(Calls calls, Workload workload, int slots, Duration time) {
        ClosedLoop run = new ClosedLoop(calls, workload, slots, time);
        calls.onLoop(run::begin);
        return run.done.join();
    }

    private void begin() {
        began = System.nanoTime();
        running = slots;
        for (int slot = 0; slot < slots; slot++) {
            next(slot);
        }
    }

    private void next(int slot) {
        Step step = failure == null && System.nanoTime() - began < nanos ? workload.next(slot) : null;
        if (step == null) {
            end();
            return;
        }
        long asked = System.nanoTime();
        calls.call(slot, step, new Calls.Ending() {
            @Override
            public void answered(Buffer answer, long bytes) {
                latency.recordValue(Math.min(System.nanoTime() - asked, HIGHEST_NANOS));
                look(step, answer, bytes);
                next(slot);
            }

            @Override
            public void failed(String why) {
                failure = new IllegalStateException(step.method() + ": " + why);
                next(slot);
            }
        });
    }

    private void look(Step step, Buffer answer, long bytes) {
        try {
            step.answered(step.keepsAnswer() ? Frames.only(answer) : NOTHING, bytes);
        } catch (InvalidProtocolBufferException | IllegalStateException e) {
            failure = new IllegalStateException(step.method() + ": " + e.getMessage(), e);
        }
    }

    private void end() {
        running--;
        if (running > 0) {
            return;
        }
        if (failure == null) {
            done.complete(new Outcome(latency, (System.nanoTime() - began) / 1e9));
        } else {
            done.completeExceptionally(failure);
        }
    }

    /**
     * What was measured.
     *
     * @param latency nanoseconds from the call to the end of its answer
     * @param seconds from the first call to the last answer
     */
    record Outcome(Histogram latency, double seconds) {
        long operations() {
            return latency.getTotalCount();
        }
    }
}
