package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One connection with many calls and watches at a time, as a kube-apiserver has, whose client stands still now and then: more
 * answers wait than its socket takes.
 */
class CrowdedConnectionTest {
    private static final int ROUNDS = 5;
    /** First as many large answers as fill the sockets between them, then small ones, which have to wait. */
    private static final int LARGE = 20_000;

    private static final int LARGE_ONES = 1_000;
    private static final int SMALL = 50;
    private static final int SMALL_ONES = 10_000;
    private static final int WATCHES = 50;
    private static final int WINDOW_BYTES = 256 * 1024 * 1024;
    private static final int FRAME_HEAD_BYTES = 5;
    private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(1)));

    @Test
    void everyCallGetsItsOwnAnswerHoweverManyWait() {
        HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES)));
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder)) {
            HttpClientConnection connection = await(
                    client.connect(new HttpConnectOptions().setHost("127.0.0.1").setPort(store.port())));
            for (int i = 0; i < WATCHES; i++) {
                await(ask(connection, "etcdserverpb.Watch/Watch", watch(), false));
            }
            for (int round = 0; round < ROUNDS; round++) {
                round(store, connection);
            }
            await(client.close());
        } finally {
            await(vertx.close());
        }
    }

    private void round(StoreEndpoint store, HttpClientConnection connection) {
        Ask.write(store, key(LARGE), "v".repeat(LARGE));
        Ask.write(store, key(SMALL), "v".repeat(SMALL));
        List<Future<Buffer>> answers = new ArrayList<>();
        for (int i = 0; i < LARGE_ONES + SMALL_ONES; i++) {
            MessageLite range = Ask.range(key(size(i))).build();
            answers.add(ask(connection, "etcdserverpb.KV/Range", range, true).compose(HttpClientResponse::body));
        }
        vertx.runOnContext(ignored -> LockSupport.parkNanos(STILL_NANOS));
        Ask.write(store, key(SMALL), "w".repeat(SMALL)); // told to all watches, between the answers
        for (int i = 0; i < answers.size(); i++) {
            Buffer answer = await(answers.get(i));
            assertThat(answer.length()).isBetween(size(i), size(i) + 200);
            assertThat(answer.getInt(1)).isEqualTo(answer.length() - FRAME_HEAD_BYTES);
        }
    }

    private static int size(int call) {
        return call < LARGE_ONES ? LARGE : SMALL;
    }

    private static WatchRequest watch() {
        return WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8("of-size-"))
                        .setRangeEnd(ByteString.copyFromUtf8("of-size."))
                        .setPrevKv(true))
                .build();
    }

    private Future<HttpClientResponse> ask(
            HttpClientConnection connection, String method, MessageLite message, boolean ends) {
        Promise<HttpClientResponse> answered = Promise.promise();
        byte[] bytes = message.toByteArray();
        Buffer frame =
                Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length).appendBytes(bytes);
        vertx.runOnContext(ignored -> connection
                .request(new RequestOptions().setMethod(HttpMethod.POST).setURI("/" + method))
                .compose(request -> {
                    request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
                    if (ends) {
                        return request.send(frame);
                    }
                    request.exceptionHandler(closed -> {}); // it ends with the connection
                    request.setChunked(true).write(frame);
                    return request.response().onSuccess(answer -> answer.exceptionHandler(closed -> {}));
                })
                .onComplete(answered));
        return answered.future();
    }

    private static String key(int size) {
        return "of-size-" + size;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
