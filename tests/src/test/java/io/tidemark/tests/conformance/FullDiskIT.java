package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AlarmResponse;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.SmallDisk;
import io.tidemark.tests.robustness.Seeds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the data folder becomes full: what was acknowledged stays, and all goes on when there is room again. */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DISK_MB = 440;
    private static final long MB = 1 << 20;
    private static final int WRITES_MOST = 20_000;
    private static final String FULL = "etcdserver: mvcc: database space exceeded";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final long seed = Seeds.first();
    private final Random random = new Random(seed);
    /** What was acknowledged. */
    private final TreeMap<String, ByteString> written = new TreeMap<>();

    @BeforeEach
    void requireSmallDisks() throws InterruptedException {
        assumeThat(SmallDisk.isPossible())
                .as("this system lets its users have mounts of their own")
                .isTrue();
    }

    /** With the default settings. */
    @Test
    void whatNeedsRoomIsRefusedBeforeItIsFull() throws Exception {
        try (SmallDisk disk = new SmallDisk(folder, "", DISK_MB);
                PlatformProcess platform = disk.start()) {
            platform.awaitReady();
            try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
                writeFirst(client);
                disk.fill(256 * MB + 20 * MB);
                assertThat(writeUntilRefused(client, 100_000))
                        .isEqualTo(new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, FULL));
                assertThat(disk.freeBytes()).as("seed %d", seed).isGreaterThan(128 * MB);
                HttpResponse<String> refused = post(platform.baseUri().resolve("/audit/prod"));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("data.free.writes");
                assertThat(refused.headers().firstValue("retry-after")).isPresent();

                assertThat(platform.status("/readyz")).isEqualTo(200);
                assertThat(platform.get("/statusz").body()).contains("writes that need room are refused");
                assertThat(Ask.done(client, AlarmRequest.newBuilder(), AlarmResponse.parser())
                                .getAlarmsCount())
                        .isZero();
                String gone = written.keySet().iterator().next();
                Ask.done(client, Ask.delete(gone));
                written.remove(gone);
                check(client);

                disk.empty();
                await().atMost(PATIENCE).until(() -> Ask.answer(client, Ask.put("again", "x")) instanceof Answer.Bytes);
                assertThat(post(platform.baseUri().resolve("/audit/prod")).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    /** Kafka's log has none any more, which ends the process; or an image has none before. */
    @Test
    void whatWasAcknowledgedIsThereAfterAStart() throws Exception {
        String[] none = {"--set", "data.free.writes=0", "--set", "data.free=0"};
        try (SmallDisk disk = new SmallDisk(folder, "", DISK_MB);
                PlatformProcess platform = disk.start(none)) {
            platform.awaitReady();
            try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
                writeFirst(client);
                disk.fill(15 * MB);
                writeUntilRefused(client, 2_000);
            }
            boolean ended = platform.endsWithin(Duration.ofSeconds(20));
            disk.empty();
            System.out.println("full disk: " + written.size() + " writes acknowledged, the process ended: " + ended);
            if (ended) {
                platform.restart(none);
            }
            platform.awaitReady();
            try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
                awaitWrites(client);
                check(client);
            }
        }
    }

    /** An image has none, and waits for it: it can be read meanwhile. */
    @Test
    void anImageGoesOnWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = new SmallDisk(folder, "keyspaces", 150);
                PlatformProcess platform = disk.start()) {
            platform.awaitReady();
            try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
                writeFirst(client);
                disk.fill(100 * MB);
                writeUntilRefused(client, 200_000);
                String last = written.lastEntry().getKey();
                Ask.done(client, Ask.range(last).setSerializable(true));
                assertThat(platform.status("/readyz")).isNotEqualTo(200);

                disk.empty();
                awaitWrites(client);
                check(client);
                assertThat(platform.status("/readyz")).isEqualTo(200);
            }
        }
    }

    private static void awaitWrites(GrpcEndpoint client) {
        await().atMost(PATIENCE).until(() -> Ask.answer(client, Ask.put("again", "x")) instanceof Answer.Bytes);
    }

    private void writeFirst(GrpcEndpoint client) {
        Ask.done(client, Ask.put("first", "x"));
        written.put("first", ByteString.copyFromUtf8("x"));
    }

    private Answer writeUntilRefused(GrpcEndpoint client, int valueBytes) {
        for (int i = 0; i < WRITES_MOST; i++) {
            byte[] value = new byte[random.nextInt(valueBytes)];
            random.nextBytes(value);
            PutRequest.Builder put = Ask.put("k%06d".formatted(i), "").setValue(ByteString.copyFrom(value));
            Answer answer = Ask.answer(client, put);
            if (!(answer instanceof Answer.Bytes)) {
                return answer;
            }
            written.put(put.getKey().toStringUtf8(), put.getValue());
        }
        throw new AssertionError("seed " + seed + ": nothing was refused");
    }

    private void check(GrpcEndpoint client) {
        written.forEach((key, value) -> {
            RangeResponse found = Ask.done(client, Ask.range(key), RangeResponse.parser());
            assertThat(found.getKvsCount()).as("seed %d, %s", seed, key).isOne();
            assertThat(found.getKvs(0).getValue()).as("seed %d, %s", seed, key).isEqualTo(value);
        });
    }

    private static HttpResponse<String> post(URI door) throws Exception {
        String event =
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[{\"level\":\"Metadata\",\"auditID\":\"1\","
                        + "\"stage\":\"ResponseComplete\",\"verb\":\"get\",\"requestURI\":\"/api\",\"user\":{\"username\":\"a\"},"
                        + "\"requestReceivedTimestamp\":\"2026-11-28T00:00:00.000000Z\","
                        + "\"stageTimestamp\":\"2026-11-28T00:00:00.000000Z\"}]}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(door)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
