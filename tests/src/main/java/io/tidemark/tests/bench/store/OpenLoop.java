package io.tidemark.tests.bench.store;

import io.tidemark.revision.etcd.proto.PutRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts at a rate, whether those before were answered or not. On the event loop of its calls. */
final class OpenLoop {
    private static final long TICK_MILLIS = 1;

    private final Calls calls;
    private final Objects objects;
    private final Stamped values;
    private final long periodNanos;
    private final long most;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long began;
    private long sent;
    private long answered;
    private long timer;
    private @Nullable String failure;

    private OpenLoop(Calls calls, Objects objects, Stamped values, int perSecond, Duration time) {
        this.calls = calls;
        this.objects = objects;
        this.values = values;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.most = puts(perSecond, time);
    }

    /** How many puts there will be. */
    static long puts(int perSecond, Duration time) {
        return time.toNanos() / (TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    /** Comes back when all are answered. */
    static void run(Calls calls, Objects objects, Stamped values, int perSecond, Duration time) {
        OpenLoop loop = new OpenLoop(calls, objects, values, perSecond, time);
        calls.onLoop(loop::begin);
        loop.done.join();
    }

    private void begin() {
        began = System.nanoTime();
        timer = calls.every(TICK_MILLIS, this::tick);
    }

    private void tick() {
        while (sent < most && failure == null && System.nanoTime() - began >= sent * periodNanos) {
            put(began + sent * periodNanos);
        }
        if (sent == most || failure != null) {
            calls.cancel(timer);
            ended();
        }
    }

    private void put(long due) {
        int number = (int) (sent % objects.created());
        PutRequest put = PutRequest.newBuilder()
                .setKey(objects.key(number))
                .setValue(values.of(objects.value(sent), due))
                .build();
        calls.call((int) sent++, new KvStep("Put", put, false, (answer, bytes) -> {}), Calls.Ending.of(why -> {
            answered++;
            failure = why.isEmpty() ? failure : why;
            ended();
        }));
    }

    private void ended() {
        if (failure != null) {
            done.completeExceptionally(new IllegalStateException("a put failed: " + failure));
        } else if (answered == most) {
            done.complete(null);
        }
    }
}
