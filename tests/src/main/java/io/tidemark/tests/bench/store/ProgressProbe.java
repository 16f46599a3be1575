package io.tidemark.tests.bench.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchProgressRequest;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * A watcher of keys that nobody writes, as kube-apiserver has one for each kind of object, which wants to know how far it is. On
 * the event loop of its calls, but where it says otherwise.
 */
final class ProgressProbe {
    private static final String FOLDER = "/registry/quiet";
    private static final long EVERY_MILLIS = 20;
    private static final long HIGHEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final WatchRequest ASKED = WatchRequest.newBuilder()
            .setProgressRequest(WatchProgressRequest.getDefaultInstance())
            .build();
    private static final RangeRequest READ = RangeRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8(FOLDER))
            .setLimit(1)
            .build();

    private final Calls calls;
    private final CompletableFuture<HttpClientRequest> stream = new CompletableFuture<>();
    private final CompletableFuture<Void> created = new CompletableFuture<>();
    private Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private boolean waiting;
    private long began;
    private long awaited;
    private long told;

    /** How it comes to know. */
    enum Way {
        /** It asks on its stream. */
        ASKED,
        /** The newest revision is read, by a key that is not there: it is told without asking. */
        READ
    }

    ProgressProbe(Calls calls) {
        this.calls = calls;
    }

    /** Comes back when the watcher is there. From another thread. */
    void open() {
        WatchCreateRequest create = WatchCreateRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(FOLDER + "/"))
                .setRangeEnd(ByteString.copyFromUtf8(FOLDER + "0"))
                .setProgressNotify(true)
                .build();
        Frames.Received received = new Frames.Received(this::message);
        Calls.Streamed streamed = new Calls.Streamed(
                stream::complete,
                answer -> answer.handler(received::add),
                why -> created.completeExceptionally(new IllegalStateException(why)));
        calls.onLoop(() -> Watchers.stream(calls, 0, List.of(create), streamed));
        created.join();
    }

    /** From another thread. What ends it, and returns nanoseconds from each question to when it was told. */
    Supplier<Histogram> begin(Way way) {
        CompletableFuture<Long> timer = new CompletableFuture<>();
        calls.onLoop(() -> {
            latency = new Histogram(HIGHEST_NANOS, 3);
            waiting = false;
            timer.complete(calls.every(EVERY_MILLIS, () -> ask(way)));
        });
        return () -> {
            CompletableFuture<Histogram> answer = new CompletableFuture<>();
            calls.onLoop(() -> {
                calls.cancel(timer.join());
                answer.complete(latency);
            });
            return answer.join();
        };
    }

    private void ask(Way way) {
        if (waiting) {
            return;
        }
        waiting = true;
        began = System.nanoTime();
        awaited = Long.MAX_VALUE;
        switch (way) {
            case ASKED -> {
                awaited = 0;
                stream.join().write(Frames.of(ASKED));
            }
            case READ ->
                calls.call(0, new KvStep("Range", READ, true, (answer, bytes) -> {}), new Calls.Ending() {
                    @Override
                    public void answered(Buffer answer, long bytes) {
                        read(Frames.only(answer));
                    }

                    @Override
                    public void failed(String why) {
                        throw new IllegalStateException("a read failed: " + why);
                    }
                });
        }
    }

    private void read(byte[] answer) {
        try {
            awaited = RangeResponse.parseFrom(answer).getHeader().getRevision();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("no answer to a read", e);
        }
        look();
    }

    private void message(byte[] bytes) {
        try {
            WatchResponse response = WatchResponse.parseFrom(bytes);
            told = Math.max(told, response.getHeader().getRevision());
            if (response.getCreated()) {
                created.complete(null);
            } else {
                look();
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("no answer to a watch", e);
        }
    }

    private void look() {
        if (waiting && told >= awaited) {
            waiting = false;
            latency.recordValue(Math.min(System.nanoTime() - began, HIGHEST_NANOS));
        }
    }
}
