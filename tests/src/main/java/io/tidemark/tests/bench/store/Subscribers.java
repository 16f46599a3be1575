package io.tidemark.tests.bench.store;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Clients of a watch topic by Server-Sent Events, each on a connection of its own, and what they are told: objects that say
 * when their put was due. What comes is looked through for that and not kept, so that the client is the cheap part. One event
 * loop, which all of it is on but where it says otherwise.
 */
final class Subscribers implements AutoCloseable {
    private static final byte[] DUE = "\"due\":".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS_MAX = 20;
    private static final int RECEIVED_BYTES = 64 * 1024;
    private static final long HIGHEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long CLOSE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(RECEIVED_BYTES));
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private long wanted = Long.MAX_VALUE;
    private CompletableFuture<Void> reached = new CompletableFuture<>();

    /** Comes back when each of them was told something. From another thread. */
    void open(int port, String path, int count) {
        int[] silent = {count};
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n";
        vertx.runOnContext(ignored -> {
            for (int i = 0; i < count; i++) {
                client.connect(port, "127.0.0.1").onFailure(this::failed).onSuccess(socket -> {
                    Received received = new Received(() -> {
                        if (--silent[0] == 0) {
                            open.complete(null);
                        }
                    });
                    socket.handler(received::add);
                    socket.closeHandler(closed -> failed(new IllegalStateException("a connection was closed")));
                    socket.write(request);
                });
            }
        });
        open.join();
    }

    /** Counts from now on; complete when so many events were told. From another thread. */
    CompletableFuture<Void> count(long events) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        vertx.runOnContext(ignored -> {
            latency = new Histogram(HIGHEST_NANOS, 3);
            wanted = events;
            reached = next;
        });
        return next;
    }

    /** Of what was told so far, nanoseconds from when a put was due to its event. From another thread. */
    Histogram soFar() {
        CompletableFuture<Histogram> answer = new CompletableFuture<>();
        vertx.runOnContext(ignored -> answer.complete(latency.copy()));
        return answer.join();
    }

    private void failed(Throwable why) {
        open.completeExceptionally(why);
        reached.completeExceptionally(why);
    }

    private void told(long due) {
        latency.recordValue(Math.clamp(System.nanoTime() - due, 0, HIGHEST_NANOS));
        if (latency.getTotalCount() == wanted) {
            reached.complete(null);
        }
    }

    /** What came on one connection: the end of a part is looked at again with the next one. */
    private final class Received {
        private final Runnable first;
        private byte[] rest = {};
        private boolean silent = true;

        Received(Runnable first) {
            this.first = first;
        }

        void add(Buffer part) {
            if (silent) {
                silent = false;
                first.run();
            }
            byte[] all = rest.length == 0
                    ? part.getBytes()
                    : Buffer.buffer(rest).appendBuffer(part).getBytes();
            int looked = look(all);
            int kept = Math.min(all.length - looked, DUE.length + DIGITS_MAX);
            rest = new byte[kept];
            System.arraycopy(all, all.length - kept, rest, 0, kept);
        }

        /** @return where the last event that was found ends */
        private int look(byte[] all) {
            int end = 0;
            for (int at = 0; at + DUE.length + DIGITS_MAX <= all.length; at++) {
                if (all[at] == '"' && isDue(all, at)) {
                    long due = 0;
                    int digit = at + DUE.length;
                    for (; all[digit] >= '0' && all[digit] <= '9'; digit++) {
                        due = due * 10 + all[digit] - '0';
                    }
                    told(due);
                    end = digit;
                    at = digit;
                }
            }
            return end;
        }
    }

    private static boolean isDue(byte[] all, int from) {
        for (int i = 1; i < DUE.length; i++) {
            if (all[from + i] != DUE[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
