package io.tidemark.revision.etcd;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of HTTP/2 with gRPC on it. */
final class GrpcWire implements Wire {
    /** Messages from this size on are not copied behind their frame's head. */
    private static final int LARGE = 64 * 1024;
    /** Of a frame: one byte that says that the message is not compressed, and the length. */
    private static final int HEAD_BYTES = 5;

    private final GrpcServerRequest<Buffer, Buffer> request;
    private final GrpcServerResponse<Buffer, Buffer> response;
    private final HttpServerResponse http;

    /** @param http what the request's response is written to */
    GrpcWire(GrpcServerRequest<Buffer, Buffer> request, HttpServerResponse http) {
        this.request = request;
        this.response = request.response();
        this.http = http;
    }

    @Override
    public MultiMap metadata() {
        return request.headers();
    }

    @Override
    public @Nullable String commonName() {
        return ClientCertificate.commonName(request.connection().sslSession());
    }

    @Override
    public void receive(Consumer<Buffer> message, Runnable end) {
        request.handler(message::accept);
        request.endHandler(ignored -> end.run());
    }

    @Override
    public void pause() {
        request.pause();
    }

    @Override
    public void resume() {
        request.resume();
    }

    @Override
    public void whenGone(Runnable action) {
        request.exceptionHandler(cause -> action.run()); // the client cancelled, or its connection is gone
    }

    @Override
    public void write(Buffer message) {
        response.write(message);
    }

    @Override
    public boolean isFull() {
        return response.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable action) {
        response.drainHandler(ignored -> {
            response.drainHandler(null);
            action.run();
        });
    }

    @Override
    public void end(Buffer message) {
        if (message.length() < LARGE || http.headWritten()) {
            response.end(message);
        } else {
            endWith(message);
        }
    }

    /** As Vert.x would, which puts head and message into one buffer first: a list of 40 MB would be there twice. */
    private void endWith(Buffer message) {
        http.putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc");
        http.putTrailer("grpc-status", Integer.toString(GrpcStatus.OK.code));
        http.write(Buffer.buffer(HEAD_BYTES).appendByte((byte) 0).appendInt(message.length()));
        http.end(message);
    }

    @Override
    public void end() {
        response.end();
    }

    @Override
    public void refuse(GrpcStatus status, String text) {
        response.status(status).statusMessage(text).end();
    }
}
