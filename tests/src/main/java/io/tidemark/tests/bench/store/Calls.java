package io.tidemark.tests.bench.store;

import com.google.protobuf.MessageLite;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * gRPC calls to one server over a few connections, by one event loop: so cheap that the two cores are the server's. All
 * of it happens on that loop.
 */
final class Calls implements AutoCloseable {
    private static final int WINDOW_BYTES = 16 * 1024 * 1024;
    private static final long CONNECT_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    /** Held, as Vert.x closes a client that nobody refers to, with its connections. */
    private final HttpClientAgent client;

    private final List<HttpClientConnection> connections = new ArrayList<>();

    Calls(int port, int count) {
        this(port, count, WINDOW_BYTES);
    }

    /** @param windowBytes how much the server may send before it is read, on a connection and on a stream */
    Calls(int port, int count, int windowBytes) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(windowBytes)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(windowBytes)));
        HttpConnectOptions to =
                new HttpConnectOptions().setHost("127.0.0.1").setPort(port).setSsl(false);
        for (int i = 0; i < count; i++) {
            connections.add(client.connect(to)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                    .join());
        }
    }

    void onLoop(Runnable task) {
        loop.runOnContext(ignored -> task.run());
    }

    /** Does something again and again; what cancels it. */
    long every(long millis, Runnable task) {
        return vertx.setPeriodic(millis, ignored -> task.run());
    }

    void cancel(long timer) {
        vertx.cancelTimer(timer);
    }

    /**
     * A call that goes on.
     *
     * @param opened is given the request, which can be reset
     * @param answered is given the answer, and says how it is read
     * @param ended is told why there will be no more
     */
    record Streamed(
            Consumer<HttpClientRequest> opened, Consumer<HttpClientResponse> answered, Consumer<String> ended) {}

    /** Sends messages over the connection that the number falls to, and leaves the call open. */
    void stream(int number, String method, List<? extends MessageLite> messages, Streamed streamed) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setURI(method);
        connections.get(number % connections.size()).request(options).onComplete(opened -> {
            if (opened.failed()) {
                streamed.ended.accept(String.valueOf(opened.cause()));
                return;
            }
            HttpClientRequest request = opened.result();
            streamed.opened.accept(request);
            request.exceptionHandler(cause -> streamed.ended.accept(String.valueOf(cause)));
            request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
            request.setChunked(true);
            request.response().onComplete(answered -> {
                if (answered.succeeded()) {
                    streamed.answered.accept(answered.result());
                    answered.result().endHandler(ended -> streamed.ended.accept("the server ended it"));
                    answered.result().exceptionHandler(cause -> streamed.ended.accept(String.valueOf(cause)));
                }
            });
            messages.forEach(message -> request.write(Frames.of(message)));
        });
    }

    /** Calls over the connection that the number falls to. */
    void call(int number, Step step, Ending ending) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setURI(step.method());
        connections.get(number % connections.size()).request(options).onComplete(opened -> {
            if (opened.failed()) {
                ending.failed(String.valueOf(opened.cause()));
            } else {
                send(opened.result(), step, ending);
            }
        });
    }

    private static void send(HttpClientRequest request, Step step, Ending ending) {
        request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
        request.send(Frames.of(step.message())).onComplete(answered -> {
            if (answered.failed()) {
                ending.failed(String.valueOf(answered.cause()));
            } else {
                receive(answered.result(), step, ending);
            }
        });
    }

    private static void receive(HttpClientResponse response, Step step, Ending ending) {
        Buffer kept = step.keepsAnswer() ? Buffer.buffer() : Buffer.buffer(0);
        long[] bytes = {0};
        response.handler(part -> {
            bytes[0] += part.length();
            if (step.keepsAnswer()) {
                kept.appendBuffer(part);
            }
        });
        response.exceptionHandler(cause -> ending.failed(String.valueOf(cause)));
        response.endHandler(ended -> {
            String status = response.getTrailer("grpc-status");
            if (status == null) {
                status = response.getHeader("grpc-status");
            }
            if ("0".equals(status)) {
                ending.answered(kept, bytes[0]);
            } else {
                ending.failed("grpc-status " + status + ": " + response.getTrailer("grpc-message") + " "
                        + response.getHeader("grpc-message"));
            }
        });
    }

    @Override
    public void close() {
        client.close()
                .compose(closed -> vertx.close())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** How a call ended; one of them, once. */
    interface Ending {
        void answered(Buffer answer, long bytes);

        void failed(String why);

        /** Hands over whichever it was: nothing, or why it failed. */
        static Ending of(Consumer<String> ended) {
            return new Ending() {
                @Override
                public void answered(Buffer answer, long bytes) {
                    ended.accept("");
                }

                @Override
                public void failed(String why) {
                    ended.accept(why);
                }
            };
        }
    }
}
