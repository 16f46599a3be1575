package io.tidemark.tests.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.WatchProgressRequest;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One watch on a stream of its own, listened to until it has told its history.
 *
 * <pre>
 * create ─> created ─> events ... ─> progress asked for again and again ─> answered: all told
 *              └───────────────────> canceled
 * </pre>
 */
final class GrpcWatch implements StreamObserver<byte[]> {
    private static final byte[] PROGRESS = WatchRequest.newBuilder()
            .setProgressRequest(WatchProgressRequest.getDefaultInstance())
            .build()
            .toByteArray();
    // a server that still reads history says nothing to that request
    private static final long ASK_AGAIN_MILLIS = 20;
    private static final long DEADLINE_SECONDS = 60;

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private boolean created;
    private long toldRevision;

    private GrpcWatch() {}

    /** All messages of a new watch one after another, without the answer about progress. */
    static Answer history(ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] create) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        GrpcWatch watch = new GrpcWatch();
        StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(channel.newCall(method, options), watch);
        requests.onNext(create);
        try {
            return watch.listen(requests);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a watch told its history", e);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no message of a watch: " + e.getMessage(), e);
        } finally {
            requests.onError(Status.CANCELLED.asRuntimeException());
        }
    }

    private Answer listen(StreamObserver<byte[]> requests) throws InterruptedException, InvalidProtocolBufferException {
        while (true) {
            Answer answer = answers.poll(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            if (answer == null) {
                requests.onNext(PROGRESS);
            } else if (!(answer instanceof Answer.Bytes bytes) || hear(bytes.message())) {
                return answer instanceof Answer.Refusal ? answer : new Answer.Bytes(told.toByteArray());
            }
        }
    }

    /** Says whether that was the last message. */
    private boolean hear(byte[] message) throws InvalidProtocolBufferException {
        WatchResponse response = WatchResponse.parseFrom(message);
        if (created && response.getWatchId() == -1 && response.getEventsCount() == 0) {
            return true;
        }
        check(response.getCreated() != created, "is created once, first of all", response);
        for (Event event : response.getEventsList()) {
            check(event.getKv().getModRevision() >= toldRevision, "tells revisions in their order", response);
        }
        if (response.getEventsCount() > 0) {
            check(first(response) > toldRevision, "tells a revision at once", response);
            toldRevision = last(response);
            check(response.getHeader().getRevision() >= toldRevision, "is not behind its events", response);
        }
        created = true;
        told.writeBytes(message);
        return response.getCanceled();
    }

    private static long first(WatchResponse response) {
        return response.getEvents(0).getKv().getModRevision();
    }

    private static long last(WatchResponse response) {
        return response.getEvents(response.getEventsCount() - 1).getKv().getModRevision();
    }

    private static void check(boolean holds, String rule, WatchResponse response) {
        if (!holds) {
            throw new AssertionError("a watch " + rule + "; found " + response);
        }
    }

    @Override
    public void onNext(byte[] message) {
        answers.add(new Answer.Bytes(message));
    }

    @Override
    public void onError(Throwable error) {
        Status status = Status.fromThrowable(error);
        answers.add(new Answer.Refusal(status.getCode(), Objects.requireNonNullElse(status.getDescription(), "")));
    }

    @Override
    public void onCompleted() {
        answers.add(new Answer.Refusal(Status.Code.OK, "the stream ended"));
    }
}
