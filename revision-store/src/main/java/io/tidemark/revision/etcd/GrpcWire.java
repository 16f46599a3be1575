package io.tidemark.revision.etcd;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of HTTP/2 with gRPC on it. */
final class GrpcWire implements Wire {
    /** The only messages of answers go out at once when they are smaller. */
    static final int LARGE = 64 * 1024;
    /** Of a frame: one byte that says that the message is not compressed, and the length. */
    private static final int HEAD_BYTES = 5;

    private final GrpcServerRequest<Buffer, Buffer> request;
    private final GrpcServerResponse<Buffer, Buffer> response;
    private final HttpServerResponse http;
    private final Arrival arrival;
    private @Nullable PacedStream paced;

    /**
     * @param http what the request's response is written to
     * @param arrival of what comes in
     */
    GrpcWire(GrpcServerRequest<Buffer, Buffer> request, HttpServerResponse http, Arrival arrival) {
        this.request = request;
        this.response = request.response();
        this.http = http;
        this.arrival = arrival;
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
        // of a request that has ended, the stream's end alone tells that its client is gone
        http.closeHandler(ignored -> action.run());
    }

    @Override
    public void write(Buffer... parts) {
        int length = 0;
        for (Buffer part : parts) {
            length += part.length();
        }
        PacedStream stream = paced();
        stream.write(head(length), () -> {});
        for (Buffer part : parts) {
            stream.write(part, () -> {});
        }
        stream.flush();
    }

    @Override
    public void write(Buffer message, Runnable taken) {
        PacedStream stream = paced();
        stream.write(head(message.length()), () -> {});
        stream.write(message, taken);
        stream.flush();
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public void writePart(int length, Buffer part, Runnable taken) {
        boolean first = paced == null;
        PacedStream stream = paced();
        if (first) {
            stream.write(head(length), () -> {});
        }
        stream.write(part, taken);
        stream.flush();
    }

    private PacedStream paced() {
        PacedStream stream = paced;
        if (stream == null) {
            response.writeHead();
            stream = new PacedStream(http, new StreamConnection(request.connection(), http.streamId()));
            paced = stream;
        }
        return stream;
    }

    private static Buffer head(int length) {
        return Buffer.buffer(HEAD_BYTES).appendByte((byte) 0).appendInt(length);
    }

    @Override
    public boolean isFull() {
        return paced != null && paced.isFull();
    }

    @Override
    public void whenDrained(Runnable action) {
        Objects.requireNonNull(paced, "nothing was written").whenDrained(action);
    }

    @Override
    public void end(Buffer message) {
        if (goesAtOnce(message)) {
            response.end(message);
        } else {
            write(message);
            end();
        }
    }

    @Override
    public void end(Buffer message, Runnable taken) {
        if (goesAtOnce(message)) {
            response.end(Buffer.buffer(message.length()).appendBuffer(message));
            taken.run();
        } else {
            write(message, taken);
            end();
        }
    }

    private boolean goesAtOnce(Buffer message) {
        return paced == null && message.length() < LARGE;
    }

    @Override
    public void end() {
        if (paced == null) {
            response.end();
        } else {
            paced.whenSent(response::end);
        }
    }

    @Override
    public void over() {
        arrival.over();
    }

    @Override
    public void refuse(GrpcStatus status, String text) {
        response.status(status).statusMessage(text);
        end();
    }
}
