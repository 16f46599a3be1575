package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.function.Supplier;

/** One call of a method, on its event loop unless said otherwise. It is answered or refused once; what comes later is dropped. */
final class Call {
    /** Messages from this size on are not copied behind their frame's head. */
    private static final int LARGE = 64 * 1024;
    /** Of a frame: one byte that says that the message is not compressed, and the length. */
    private static final int HEAD_BYTES = 5;

    private final GrpcServerResponse<Buffer, Buffer> response;
    private final HttpServerResponse http;
    private final MultiMap metadata;
    private final Access access;
    private final Loop loop;
    private volatile boolean over;
    private volatile boolean served;
    private Runnable gone = () -> {};

    /** @param http what the request's response is written to */
    Call(GrpcServerRequest<Buffer, Buffer> request, HttpServerResponse http, Access access, Loop loop) {
        this.response = request.response();
        this.http = http;
        this.metadata = request.headers();
        this.access = access;
        this.loop = loop;
        request.exceptionHandler(
                cause -> { // the client cancelled, or its connection is gone
                    over = true;
                    gone.run();
                });
    }

    /** What is to be done when the client leaves before the answer is complete. On the event loop. */
    void whenGone(Runnable action) {
        gone = action;
    }

    /** One of several messages of an answer; whether there is room for another one. On the event loop. */
    boolean write(Buffer message) {
        if (!over) {
            response.write(message);
        }
        return !response.writeQueueFull();
    }

    /** No message follows. On the event loop. */
    void end() {
        if (!over) {
            over = true;
            response.end();
        }
    }

    /** What is to be done when there is room again. On the event loop. */
    void whenDrained(Runnable action) {
        response.drainHandler(ignored -> {
            response.drainHandler(null);
            action.run();
        });
    }

    /** Who asks, by what is known now. */
    Identity asker() {
        return access.of(metadata);
    }

    /** Its event loop, for others to go on there. */
    Loop loop() {
        return loop;
    }

    /** The log is asked for what it takes to answer, and that must not take for ever. On the event loop. */
    void awaitLog() {
        if (isWaiting()) {
            loop.patience().begin(this);
        }
    }

    /** The log said what was asked; what is left to do takes the time that it takes. From any thread. */
    void served() {
        served = true;
    }

    boolean isWaiting() {
        return !over && !served;
    }

    /** On the event loop. */
    void giveUp() {
        if (isWaiting()) {
            fail(Failure.TIMED_OUT);
        }
    }

    /** Whether nobody waits for an answer. From any thread. */
    boolean isOver() {
        return over;
    }

    /** From any thread; the message is made on the event loop. */
    void answer(Supplier<? extends MessageLite> message) {
        loop.execute(() -> answer(Buffer.buffer(message.get().toByteArray())));
    }

    /** On the event loop. */
    void answer(Buffer message) {
        if (!over) {
            over = true;
            if (message.length() < LARGE || http.headWritten()) {
                response.end(message);
            } else {
                endWith(message);
            }
        }
    }

    /** As Vert.x would, which puts head and message into one buffer first: a list of 40 MB would be there twice. */
    private void endWith(Buffer message) {
        http.putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc");
        http.putTrailer("grpc-status", Integer.toString(GrpcStatus.OK.code));
        http.write(Buffer.buffer(HEAD_BYTES).appendByte((byte) 0).appendInt(message.length()));
        http.end(message);
    }

    /** From any thread. */
    void refuse(Refusal refusal) {
        loop.execute(() -> refuse(GrpcStatus.valueOf(refusal.kind().name()), refusal.text()));
    }

    /** From any thread. */
    void fail(Failure failure) {
        GrpcStatus status =
                failure == Failure.TOO_MANY_REQUESTS ? GrpcStatus.RESOURCE_EXHAUSTED : GrpcStatus.UNAVAILABLE;
        loop.execute(() -> refuse(status, failure.text()));
    }

    /** The bytes are not a message of the method. On the event loop. */
    void refuseUnreadable(InvalidProtocolBufferException cause) {
        refuse(GrpcStatus.INTERNAL, "grpc: error unmarshalling request: " + cause.getMessage());
    }

    /** On the event loop. */
    void refuse(GrpcStatus status, String text) {
        if (!over) {
            over = true;
            response.status(status).statusMessage(text).end();
        }
    }
}
