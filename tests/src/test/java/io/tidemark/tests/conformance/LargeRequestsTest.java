package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests of a megabyte, and answers that are one version of a megabyte, take a bounded part of memory however many there are. */
class LargeRequestsTest {
    private static final String PUT = "etcdserverpb.KV/Put";
    private static final String RANGE = "etcdserverpb.KV/Range";
    private static final int LARGE_BYTES = 1_000_000;
    private static final int SMALL_BYTES = 8_000;
    private static final long MEMORY = 8 << 20;
    /** Each counts twice. */
    private static final int FIT = 4;

    /** More than the client takes without being asked for it. */
    private static final int VALUE_BYTES = 1_400_000;

    private static final int VALUES_FIT = 2;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreEndpoint store(String name) {
        Map<String, String> settings = Map.of(
                RevisionConfig.REQUESTS_MEMORY.name(), String.valueOf(MEMORY),
                RevisionConfig.ANSWERS_MEMORY.name(), String.valueOf(MEMORY / 2));
        return new StoreEndpoint(LOOPS.vertx(), folder.resolve(name), settings, null);
    }

    private static byte[] put(int key, int bytes) {
        return PutRequest.newBuilder()
                .setKey(Ask.bytes("k/" + key))
                .setValue(ByteString.copyFrom(new byte[bytes]))
                .build()
                .toByteArray();
    }

    private static Answer tooMany() {
        return new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests");
    }

    /** Sends most of a body, and waits. */
    private static Socket halfSent(StoreEndpoint store) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port());
        socket.getOutputStream()
                .write(("POST /v3/kv/put HTTP/1.1\r\nHost: here\r\nContent-Length: " + 2 * LARGE_BYTES + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[LARGE_BYTES]);
        return socket;
    }

    @Test
    void whatHasNotArrivedYetIsCountedAndWhatIsTooMuchIsRefused() throws Exception {
        try (StoreEndpoint store = store("arriving")) {
            List<Socket> halves = new ArrayList<>();
            for (int i = 1; i <= FIT; i++) {
                halves.add(halfSent(store));
                long counted = 2L * LARGE_BYTES * i;
                await().until(() -> store.gauge(RevisionMetric.REQUESTS_MEMORY) == counted);
            }

            assertThat(store.call(PUT, put(1, LARGE_BYTES))).isEqualTo(tooMany());
            assertThat(store.call(PUT, put(2, SMALL_BYTES))).isInstanceOf(Answer.Bytes.class);
            try (Socket further = halfSent(store)) {
                assertThat(new String(further.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 429");
            }
            for (Socket half : halves) {
                half.close();
            }

            await().until(() -> store.gauge(RevisionMetric.REQUESTS_MEMORY) == 0);
            assertThat(store.call(PUT, put(1, LARGE_BYTES))).isInstanceOf(Answer.Bytes.class);
            await().until(() -> store.gauge(RevisionMetric.REQUESTS_MEMORY) == 0);
        }
    }

    @Test
    void thoseThatAreNotRefusedAreDone() {
        try (StoreEndpoint store = store("together")) {
            List<CompletableFuture<Answer>> puts = IntStream.range(0, 40)
                    .mapToObj(key -> store.ask(PUT, put(key, LARGE_BYTES)))
                    .toList();

            int done = 0;
            for (int key = 0; key < puts.size(); key++) {
                Answer answer = puts.get(key).join();
                boolean isDone = answer instanceof Answer.Bytes;
                assertThat(isDone || answer.equals(tooMany())).as("%s", answer).isTrue();
                assertThat(Ask.done(store, Ask.range("k/" + key).setCountOnly(true), RangeResponse.parser())
                                .getCount())
                        .isEqualTo(isDone ? 1 : 0);
                done += isDone ? 1 : 0;
            }
            assertThat(done).isPositive();
            await().until(() -> store.gauge(RevisionMetric.REQUESTS_MEMORY) == 0);
        }
    }

    @Test
    void versionsThatNobodyReadsAreCountedAndOthersRefused() {
        try (StoreEndpoint store = store("unread")) {
            assertThat(store.call(PUT, put(1, VALUE_BYTES))).isInstanceOf(Answer.Bytes.class);
            byte[] one = Ask.range("k/1").build().toByteArray();
            List<ClientCall<byte[], byte[]>> unread = new ArrayList<>();
            for (int i = 1; i <= VALUES_FIT; i++) {
                unread.add(store.unread(RANGE, one));
                long counted = (long) VALUE_BYTES * i;
                await().until(() -> store.gauge(RevisionMetric.ANSWERS_MEMORY) > counted);
            }

            assertThat(store.call(RANGE, one)).isEqualTo(tooMany());
            unread.forEach(call -> call.cancel("seen enough", null));

            await().until(() -> store.gauge(RevisionMetric.ANSWERS_MEMORY) == 0);
            assertThat(store.call(RANGE, one)).isInstanceOf(Answer.Bytes.class);
        }
    }
}
