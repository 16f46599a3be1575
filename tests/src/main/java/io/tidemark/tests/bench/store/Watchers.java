package io.tidemark.tests.bench.store;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.vertx.core.http.HttpClientRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Watchers of one server and what they are told; a value begins with the time at which its put was due. Messages are looked
 * through and not kept, so that the client is the cheap part. On the event loop of its calls.
 */
final class Watchers {
    private static final String METHOD = "/etcdserverpb.Watch/Watch";
    private static final long HIGHEST_NANOS = Duration.ofMinutes(2).toNanos();

    private final Calls calls;
    private final List<HttpClientRequest> streams = new ArrayList<>();
    private final CompletableFuture<Void> created = new CompletableFuture<>();
    private Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private int awaited;
    private long told;
    private long wanted = Long.MAX_VALUE;
    private CompletableFuture<Long> reached = new CompletableFuture<>();

    /**
     * What they were told.
     *
     * @param events of all watchers together
     * @param latency nanoseconds from when a put was due to its event
     */
    record Told(long events, Histogram latency) {}

    Watchers(Calls calls) {
        this.calls = calls;
    }

    /** Comes back when the server has told each of them that it is there. From another thread. */
    void open(int count, int onEach, WatchCreateRequest create) {
        awaited = count * onEach;
        calls.onLoop(() -> {
            for (int i = 0; i < count; i++) {
                Frames.Received received = new Frames.Received(this::look);
                stream(
                        calls,
                        i,
                        Collections.nCopies(onEach, create),
                        new Calls.Streamed(streams::add, answer -> answer.handler(received::add), this::failed));
            }
        });
        created.join();
    }

    /** A stream with watchers, over the connection that the number falls to. On the event loop. */
    static void stream(Calls calls, int number, List<WatchCreateRequest> creates, Calls.Streamed streamed) {
        calls.stream(
                number,
                METHOD,
                creates.stream()
                        .map(create -> WatchRequest.newBuilder()
                                .setCreateRequest(create)
                                .build())
                        .toList(),
                streamed);
    }

    /** Counts from now on. From another thread; complete, with the time, when so many events were told. */
    CompletableFuture<Long> count(long events) {
        CompletableFuture<Long> next = new CompletableFuture<>();
        calls.onLoop(() -> {
            told = 0;
            latency = new Histogram(HIGHEST_NANOS, 3);
            wanted = events;
            reached = next;
        });
        return next;
    }

    /** From another thread. */
    Told told() {
        CompletableFuture<Told> answer = new CompletableFuture<>();
        calls.onLoop(() -> answer.complete(new Told(told, latency.copy())));
        return answer.join();
    }

    /** From another thread. */
    void close() {
        calls.onLoop(() -> streams.forEach(HttpClientRequest::reset));
    }

    private void failed(String why) {
        IllegalStateException failed = new IllegalStateException("a watch ended: " + why);
        created.completeExceptionally(failed);
        reached.completeExceptionally(failed);
    }

    private void look(byte[] message) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case WatchResponse.CREATED_FIELD_NUMBER -> created(in.readBool());
                    case WatchResponse.CANCELED_FIELD_NUMBER -> canceled(in.readBool());
                    case WatchResponse.EVENTS_FIELD_NUMBER -> within(in, this::event);
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void created(boolean is) {
        if (is && --awaited == 0) {
            created.complete(null);
        }
    }

    private void canceled(boolean is) {
        if (is) {
            failed("canceled");
        }
    }

    /** A part of a message that is looked through. */
    private interface Part {
        void look(CodedInputStream in) throws IOException;
    }

    private static void within(CodedInputStream in, Part part) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        part.look(in);
        in.popLimit(outer);
    }

    private void event(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == Event.KV_FIELD_NUMBER) {
                within(in, this::version);
            } else {
                in.skipField(tag);
            }
        }
        told++;
        if (told == wanted) {
            reached.complete(System.nanoTime());
        }
    }

    private void version(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == KeyValue.VALUE_FIELD_NUMBER) {
                int length = in.readRawVarint32();
                long due = in.readRawLittleEndian64();
                in.skipRawBytes(length - Long.BYTES);
                latency.recordValue(Math.clamp(System.nanoTime() - due, 0, HIGHEST_NANOS));
            } else {
                in.skipField(tag);
            }
        }
    }
}
