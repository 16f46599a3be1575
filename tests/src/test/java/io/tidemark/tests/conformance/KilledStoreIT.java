package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthRoleListRequest;
import io.tidemark.revision.etcd.proto.AuthRoleListResponse;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.Undisturbed;
import io.tidemark.tests.robustness.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 of the platform while clients write through the etcd API, one of them compacts and defragments, and checkpoints are
 * taken, and once the image is deleted as well: it comes back from a checkpoint. Every write that was answered is there at the revision that was answered; every other one is there once or not at all; and there
 * is exactly one key for each revision.
 */
class KilledStoreIT {
    private static final int KILLS = Integer.getInteger("tidemark.store.kills", 2);
    private static final String[] CHECKPOINTS = {
        "--set", "kv.checkpoint.interval=300ms", "--set", "kv.checkpoint.changes=1"
    };
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WRITERS = 8;
    private static final int LEAST_MILLIS = 300;
    private static final int MOST_MILLIS = 2_500;
    private static final long LEASE = 4_711;
    private static final long LEASE_SECONDS = 3_600;
    private static final long OWN_WRITES = 1;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final long seed = Seeds.first();
    private final Random random = new Random(seed);
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Upkeep upkeep = new Upkeep();

    @Test
    void nothingThatWasAnsweredIsLostAndNothingIsThereTwice() throws Exception {
        System.out.println("killed store: seed " + seed);
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.start(data, CHECKPOINTS)) {
            platform.awaitReady();
            grantLease(platform);
            await().atMost(PATIENCE).until(() -> figure(platform, RevisionMetric.CHECKPOINT_SIZE, "") > 0);
            for (int kill = 0; kill < KILLS; kill++) {
                writeUntilKilled(platform);
                if (kill == 1) {
                    Undisturbed.delete(data.resolve("keyspaces"));
                }
                platform.restart(CHECKPOINTS);
                platform.awaitReady();
                check(platform);
                assertThat(figure(
                                platform,
                                RevisionMetric.REBUILDS,
                                "cause=\"absent\",keyspace=\"default\",source=\"checkpoint\""))
                        .as("seed %d", seed)
                        .isEqualTo(kill == 1 ? 1 : 0);
            }
        }
        System.out.println("killed store: " + answered.size() + " of " + asked.size() + " writes were answered, "
                + upkeep.defragmentations() + " defragmentations");
        assertThat(upkeep.defragmentations()).as("seed %d", seed).isPositive();
        assertThat(answered).as("seed %d", seed).hasSizeGreaterThan(KILLS * WRITERS);
    }

    /** A figure of the platform's; 0 while it is none. */
    private static double figure(PlatformProcess platform, RevisionMetric metric, String labels) throws Exception {
        return platform.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric.metricName() + "{") && line.contains(labels))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .filter(value -> !value.isNaN())
                .findFirst()
                .orElse(0.0);
    }

    private static void grantLease(PlatformProcess platform) throws Exception {
        try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
            Ask.done(client, Ask.grant(LEASE, LEASE_SECONDS));
            Ask.done(client, Ask.put("leased", "x").setLease(LEASE));
            Ask.done(client, AuthRoleAddRequest.newBuilder().setName("kept"));
        }
    }

    private void writeUntilKilled(PlatformProcess platform) throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS + 1);
                GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
            writers.execute(() -> upkeep.runOn(client));
            for (int i = 0; i < WRITERS; i++) {
                writers.execute(() -> write(client));
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS)); // the random moment itself
            platform.kill();
        }
    }

    /** Until there is no answer. */
    private void write(GrpcEndpoint client) {
        while (true) {
            String key = "k/%06d".formatted(next.getAndIncrement());
            asked.add(key);
            if (!(Ask.answer(client, Ask.put(key, "of " + key)) instanceof Answer.Bytes bytes)) {
                return;
            }
            answered.put(
                    key,
                    Ask.parsed(PutResponse.parser(), bytes.message())
                            .getHeader()
                            .getRevision());
        }
    }

    private void check(PlatformProcess platform) throws Exception {
        try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
            RangeResponse found = Ask.done(client, Ask.range("k/", "k0"), RangeResponse.parser());
            Set<String> there = new HashSet<>();
            Set<Long> revisions = new HashSet<>();
            for (KeyValue kv : found.getKvsList()) {
                String key = kv.getKey().toStringUtf8();
                there.add(key);
                revisions.add(kv.getModRevision());
                assertThat(kv.getValue().toStringUtf8()).as("seed %d", seed).isEqualTo("of " + key);
                assertThat(kv.getVersion())
                        .as("version of %s, seed %d", key, seed)
                        .isEqualTo(1);
                assertThat(answered.getOrDefault(key, kv.getModRevision()))
                        .as("revision of %s, seed %d", key, seed)
                        .isEqualTo(kv.getModRevision());
            }
            assertThat(there).as("seed %d", seed).containsAll(answered.keySet()).isSubsetOf(asked);
            assertThat(revisions)
                    .as(
                            "one key for each revision above 1, that of the leased key and those of the upkeep, seed %d",
                            seed)
                    .hasSize((int) (found.getHeader().getRevision() - 1 - OWN_WRITES - upkeep.check(client)));
            checkLease(client);
            assertThat(Ask.done(client, AuthRoleListRequest.newBuilder(), AuthRoleListResponse.parser())
                            .getRolesList())
                    .as("seed %d", seed)
                    .containsExactly("kept");
        }
    }

    private void checkLease(GrpcEndpoint client) {
        LeaseTimeToLiveResponse lease = Ask.done(client, Ask.timeToLive(LEASE), LeaseTimeToLiveResponse.parser());
        assertThat(lease.getGrantedTTL()).as("seed %d", seed).isEqualTo(LEASE_SECONDS);
        assertThat(lease.getTTL()).as("seed %d", seed).isBetween(LEASE_SECONDS - 600, LEASE_SECONDS);
        assertThat(lease.getKeysList()).as("seed %d", seed).containsExactly(Ask.bytes("leased"));
    }
}
