package io.tidemark.revision.etcd;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request of HTTP with JSON in it. A stream of answers is one line for each, {@code {"result":...}}. */
final class GatewayWire implements Wire {
    /** Answers from this size on are not written as JSON on the event loop. */
    private static final int LARGE = 64 * 1024;

    private static final String METADATA = "grpc-metadata-";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final MethodDescriptor method;
    private final Deque<Message> messages;
    private final Loop loop;
    private final Arrival arrival;
    private boolean paused;
    private Runnable resumed = () -> {};

    /**
     * @param messages all that the request holds
     * @param arrival of it
     */
    GatewayWire(
            HttpServerRequest request, MethodDescriptor method, List<Message> messages, Loop loop, Arrival arrival) {
        this.request = request;
        this.response = request.response();
        this.method = method;
        this.messages = new ArrayDeque<>(messages);
        this.loop = loop;
        this.arrival = arrival;
    }

    /** The token, and what is meant for the method by its name. */
    @Override
    public MultiMap metadata() {
        MultiMap metadata = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey();
            if (name.equalsIgnoreCase(Access.AUTHORIZATION)) {
                metadata.add(Access.AUTHORIZATION, header.getValue());
            } else if (name.regionMatches(true, 0, METADATA, 0, METADATA.length())) {
                metadata.add(name.substring(METADATA.length()), header.getValue());
            }
        }
        return metadata;
    }

    /** None: etcd's gateway is a client of its own, with a certificate of its own. */
    @Override
    public @Nullable String commonName() {
        return null;
    }

    @Override
    public void receive(Consumer<Buffer> message, Runnable end) {
        resumed = () -> {
            while (!paused && !messages.isEmpty()) {
                message.accept(Buffer.buffer(messages.remove().toByteArray()));
            }
            if (!paused) {
                end.run();
            }
        };
        resumed.run();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        resumed.run();
    }

    @Override
    public void whenGone(Runnable action) {
        response.exceptionHandler(cause -> action.run());
        response.closeHandler(ignored -> action.run());
    }

    @Override
    public void write(Buffer... parts) {
        if (!response.headWritten()) {
            response.setChunked(true);
            head(200);
        }
        response.write(
                Buffer.buffer("{\"result\":").appendBuffer(json(joined(parts))).appendString("}\n"));
    }

    @Override
    public void write(Buffer message, Runnable taken) {
        write(message);
        taken.run();
    }

    /** No: JSON is made of a message as a whole. */
    @Override
    public boolean takesParts() {
        return false;
    }

    @Override
    public void writePart(int length, Buffer part, Runnable taken) {
        throw new UnsupportedOperationException("a message becomes JSON as a whole");
    }

    private static Buffer joined(Buffer... parts) {
        Buffer message = Buffer.buffer();
        for (Buffer part : parts) {
            message.appendBuffer(part);
        }
        return message;
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
        end(message, () -> {});
    }

    @Override
    public void end(Buffer message, Runnable taken) {
        if (method.isServerStreaming()) {
            write(message, taken);
            end();
        } else if (message.length() < LARGE) {
            head(200).end(json(message)).onComplete(ended -> taken.run());
        } else {
            loop.aside(() -> json(message), json -> head(200).end(json).onComplete(ended -> taken.run()), failure -> {
                taken.run();
                response.reset();
            });
        }
    }

    @Override
    public void end() {
        response.end();
    }

    @Override
    public void over() {
        arrival.over();
    }

    @Override
    public void refuse(GrpcStatus status, String text) {
        if (!method.isServerStreaming()) {
            refuse(response, status, text);
            return;
        }
        if (!response.headWritten()) {
            response.setStatusCode(code(status)).putHeader("content-type", "application/json");
        }
        response.end(new JsonObject().put("error", error(status, text)).encode() + "\n");
    }

    static void refuse(HttpServerResponse response, GrpcStatus status, String text) {
        response.setStatusCode(code(status)).putHeader("content-type", "application/json");
        if (status == GrpcStatus.UNAUTHENTICATED) {
            response.putHeader("www-authenticate", text);
        }
        response.end(error(status, text).encode());
    }

    private static JsonObject error(GrpcStatus status, String text) {
        return new JsonObject().put("code", status.code).put("message", text);
    }

    private HttpServerResponse head(int code) {
        return response.setStatusCode(code)
                .putHeader("content-type", "application/json")
                .putHeader("grpc-metadata-content-type", "application/grpc");
    }

    private Buffer json(Buffer message) {
        try {
            return ProtoJson.of(DynamicMessage.parseFrom(method.getOutputType(), message.getBytes()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer of " + method.getFullName() + " is none", e);
        }
    }

    /** The same that grpc-gateway chooses. */
    private static int code(GrpcStatus status) {
        return switch (status) {
            case OK -> 200;
            case CANCELLED -> 499;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case DEADLINE_EXCEEDED -> 504;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case PERMISSION_DENIED -> 403;
            case UNAUTHENTICATED -> 401;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }
}
