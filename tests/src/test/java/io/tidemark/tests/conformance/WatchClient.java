package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.WatchCancelRequest;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchProgressRequest;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream of watches, which reads when it is told to. */
final class WatchClient extends ClientCall.Listener<byte[]> implements AutoCloseable {
    static final String METHOD = "etcdserverpb.Watch/Watch";
    private static final long PATIENCE_SECONDS = 60;
    private static final long SILENCE_MILLIS = 300;

    private final ClientCall<byte[], byte[]> call;
    private final BlockingQueue<WatchResponse> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private volatile boolean reading = true;

    WatchClient(ClientCall<byte[], byte[]> call, Metadata metadata) {
        this.call = call;
        call.start(this, metadata);
        call.request(1);
    }

    void create(WatchCreateRequest.Builder request) {
        send(WatchRequest.newBuilder().setCreateRequest(request));
    }

    void cancel(long id) {
        send(WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id)));
    }

    void requestProgress() {
        send(WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.getDefaultInstance()));
    }

    private void send(WatchRequest.Builder request) {
        sendBytes(request.build().toByteArray());
    }

    /** Whatever it is. */
    void sendBytes(byte[] message) {
        call.sendMessage(message);
    }

    void saysNothingMore() {
        call.halfClose();
    }

    /** Takes nothing more from the server, but what is on its way. */
    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        call.request(1);
    }

    /** The next message. */
    WatchResponse next() {
        return Objects.requireNonNull(poll(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)), "a message within a minute");
    }

    /** The next message, when there is one in time. */
    @Nullable
    WatchResponse within(Duration time) {
        return poll(time.toMillis());
    }

    /** Whether there is nothing more to come. */
    boolean hasEnded() {
        return ended.isDone() && messages.isEmpty();
    }

    void hearsNothing() {
        assertThat(poll(SILENCE_MILLIS)).isNull();
    }

    private @Nullable WatchResponse poll(long millis) {
        try {
            return messages.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** How the server ended it. */
    Status ended() {
        return ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void onMessage(byte[] message) {
        try {
            messages.add(WatchResponse.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no message of a watch", e);
        }
        if (reading) {
            call.request(1);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        ended.complete(status);
    }

    @Override
    public void close() {
        call.cancel("heard enough", null);
    }
}
