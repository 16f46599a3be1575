package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.robustness.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes that are small themselves and end a large part of what is stored: the platform does them, whoever watches, and starts
 * again with them in its log.
 */
class LargeWritesIT {
    private static final int KEYS = 15_000;
    private static final int VALUE_BYTES = 8_000;
    private static final int KEYS_PER_TXN = 100;
    private static final long LEASE = 4_711;
    private static final int KILL_MILLIS_MOST = 2_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final long seed = Seeds.first();
    private final Random random = new Random(seed);

    @Test
    void endManyLargeKeysAtOnce() throws Exception {
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
            platform.awaitReady();
            long deleted;
            try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
                Ask.done(client, Ask.grant(LEASE, 3_600));
                load(client, "deleted/", 0);
                load(client, "leased/", LEASE);
                deleted = delete(client);
                Ask.done(client, Ask.revoke(LEASE));
                check(client, deleted);
            }
            platform.kill();
            platform.restart();
            platform.awaitReady();
            try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
                check(client, deleted);
            }
            killWhileItDeletes(platform);
        }
    }

    /** All of it or nothing, whatever was on disk of it. */
    private void killWhileItDeletes(PlatformProcess platform) throws Exception {
        CompletableFuture<Answer> asked;
        try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
            load(client, "killed/", 0);
            asked = client.ask(
                    "etcdserverpb.KV/DeleteRange",
                    Ask.delete("killed/", "killed0").build().toByteArray());
            TimeUnit.MILLISECONDS.sleep(random.nextInt(KILL_MILLIS_MOST)); // the random moment itself
            platform.kill();
        }
        platform.restart();
        platform.awaitReady();
        try (GrpcEndpoint client = new GrpcEndpoint(platform.etcdPort())) {
            long left = count(client, "killed/", 0);
            boolean answered = asked.join() instanceof Answer.Bytes;
            System.out.println(
                    "large writes: killed while it deleted, answered " + answered + ", " + left + " keys left");
            assertThat(left).as("seed %d", seed).isIn(answered ? List.of(0L) : List.of(0L, (long) KEYS));
        }
    }

    private void load(GrpcEndpoint client, String prefix, long lease) {
        for (int from = 0; from < KEYS; from += KEYS_PER_TXN) {
            TxnRequest.Builder txn = TxnRequest.newBuilder();
            for (int i = from; i < from + KEYS_PER_TXN; i++) {
                byte[] value = new byte[VALUE_BYTES];
                random.nextBytes(value);
                txn.addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder()
                                .setKey(ByteString.copyFromUtf8(prefix + i))
                                .setValue(ByteString.copyFrom(value))
                                .setLease(lease)));
            }
            Ask.done(client, txn);
        }
    }

    /** @return its revision */
    private long delete(GrpcEndpoint client) {
        try (WatchClient all = client.watches("", false);
                WatchClient previous = client.watches("", false)) {
            all.create(Ask.watch("deleted/"));
            previous.create(Ask.watch("deleted/").setPrevKv(true));
            assertThat(all.next().getCreated()).isTrue();
            assertThat(previous.next().getCreated()).isTrue();

            DeleteRangeResponse done =
                    Ask.done(client, Ask.delete("deleted/", "deleted0"), DeleteRangeResponse.parser());

            assertThat(done.getDeleted()).as("seed %d", seed).isEqualTo(KEYS);
            long revision = done.getHeader().getRevision();
            assertThat(all.next().getEventsList())
                    .hasSize(KEYS)
                    .allMatch(event -> event.getType() == Event.EventType.DELETE
                            && event.getKv().getModRevision() == revision);
            WatchResponse refused = previous.next();
            assertThat(refused.getCanceled()).isTrue();
            assertThat(refused.getCompactRevision()).isEqualTo(revision + 1);
            assertThat(refused.getCancelReason()).contains("watch.history.revision.bytes");
            return revision;
        }
    }

    private void check(GrpcEndpoint client, long deleted) {
        assertThat(count(client, "deleted/", 0)).as("seed %d", seed).isZero();
        assertThat(count(client, "leased/", 0)).isZero();
        assertThat(count(client, "deleted/", deleted - 1)).isEqualTo(KEYS);
        assertThat(count(client, "leased/", deleted)).isEqualTo(KEYS);
    }

    private static long count(GrpcEndpoint client, String prefix, long revision) {
        String end = prefix.substring(0, prefix.length() - 1) + '0';
        return Ask.done(client, Ask.range(prefix, end).setCountOnly(true).setRevision(revision), RangeResponse.parser())
                .getCount();
    }
}
