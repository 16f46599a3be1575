package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.ImageConfig;
import io.tidemark.revision.LogHome;
import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.ServedKeyspace;
import io.tidemark.revision.checkpoint.CheckpointCodec;
import io.tidemark.revision.checkpoint.CheckpointHome;
import io.tidemark.revision.checkpoint.MemoryCheckpointTopic;
import io.tidemark.revision.etcd.proto.DefragmentRequest;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.service.Health;
import io.tidemark.tests.bench.Folders;
import io.tidemark.watch.WatchMetric;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The files of an image are altered while it is served. */
class DamagedImageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KEYS = 300;
    private static final int APART = 700;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private Path folder;

    @Test
    void isMadeAgainFromACheckpointAndTheLogAndNothingWrongIsToldMeanwhile() throws Exception {
        Map<String, String> often =
                Map.of(ImageConfig.CHECKPOINTS.name(), "100ms", ImageConfig.CHECKPOINT_CHANGES.name(), "1");
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder, new Home(), often)) {
            write(store);
            await().atMost(PATIENCE)
                    .until(() ->
                            store.gauge(RevisionMetric.CHECKPOINT_REVISION) == store.gauge(RevisionMetric.REVISION));
            expectRightAnswersAround(store, "checkpoint");
            assertThat(Ask.write(store, "more", "x")).isEqualTo(KEYS + 2);
        }
    }

    @Test
    void isMadeAgainFromTheLogAloneWhereNoCheckpointsAreKept() throws Exception {
        Home home = new Home();
        LogHome without = home::open;
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder, without, Map.of())) {
            write(store);
            expectRightAnswersAround(store, "log");
        }
    }

    /** As by somebody who clears up: what is open stays readable, and the first file that cannot be written shows it. */
    @Test
    void isMadeAgainWhenItsFolderIsDeleted() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder, new Home(), Map.of())) {
            write(store);
            Folders.delete(folder);
            RangeResponse expected = Ask.done(store, Ask.everything(), RangeResponse.parser());
            await().atMost(PATIENCE).until(() -> {
                Ask.answer(store, DefragmentRequest.newBuilder()); // which has something to flush
                return store.counter(RevisionMetric.REBUILDS, "absent", "log") == 2; // one is the first start's
            });
            await().atMost(PATIENCE).until(() -> Ask.answer(store, Ask.put("behind", "x")) instanceof Answer.Bytes);

            RangeResponse told = Ask.done(store, Ask.range("k/", "k0"), RangeResponse.parser());
            assertThat(told.getKvsList()).isEqualTo(expected.getKvsList());
            assertThat(store.store().check()).isEqualTo(Health.UP);
        }
    }

    private static void write(StoreEndpoint store) {
        Random random = new Random(3);
        for (int i = 0; i < KEYS; i++) {
            byte[] value = new byte[500];
            random.nextBytes(value);
            Ask.write(store, "k/" + i % (KEYS / 2), new String(value, StandardCharsets.ISO_8859_1));
        }
        Ask.done(store, DefragmentRequest.newBuilder()); // all of it is in files now
    }

    private void expectRightAnswersAround(StoreEndpoint store, String source) throws IOException {
        int hash = hash(store);
        RangeResponse expected = Ask.done(store, Ask.everything(), RangeResponse.parser());
        Ask.done(store, DefragmentRequest.newBuilder()); // into other files, of which nothing was read
        int port = store.port();
        damage();
        await().atMost(PATIENCE)
                .until(() -> isRight(store, expected)
                        && store.counter(RevisionMetric.REBUILDS, "damaged", source) == 1
                        && store.store().check() == Health.UP);

        assertThat(store.port()).isEqualTo(port);
        assertThat(hash(store)).isEqualTo(hash);
        try (WatchClient watches = store.watches()) {
            watches.create(Ask.watch("k/").setStartRevision(1));
            assertThat(watches.next().getCreated()).isTrue();
            assertThat(watches.next().getEventsCount()).isEqualTo(KEYS);
            assertThat(store.gauge(WatchMetric.WATCHERS)).isEqualTo(1);
        }
    }

    /** False while it is not answered; nothing else than what is right may be. */
    private static boolean isRight(StoreEndpoint store, RangeResponse expected) {
        if (Ask.answer(store, Ask.everything()) instanceof Answer.Bytes bytes) {
            RangeResponse told = Ask.parsed(RangeResponse.parser(), bytes.message());
            assertThat(told.getKvsList()).isEqualTo(expected.getKvsList());
            return true;
        }
        return false;
    }

    /** Each block of each table. */
    private void damage() throws IOException {
        List<Path> tables;
        try (Stream<Path> files = Files.list(folder)) {
            tables = files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        for (Path table : tables) {
            try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
                for (long at = 0; at < file.length(); at += APART) {
                    file.seek(at);
                    int before = file.read();
                    file.seek(at);
                    file.write(before ^ 1);
                }
            }
        }
    }

    private static int hash(StoreEndpoint store) {
        return Ask.done(store, HashKVRequest.newBuilder(), HashKVResponse.parser())
                .getHash();
    }

    /** A log and checkpoints in memory that stay when the store is made anew. */
    private static final class Home implements LogHome {
        private @Nullable MemoryLog log;
        private @Nullable MemoryCheckpointTopic checkpoints;

        @Override
        public synchronized TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec) {
            MemoryLog known = log;
            if (known == null) {
                known = new MemoryLog(codec.key());
                log = known;
            }
            return known.again();
        }

        @Override
        public synchronized Optional<CheckpointHome> checkpoints(ServedKeyspace keyspace) {
            MemoryCheckpointTopic known = checkpoints;
            if (known == null) {
                known = new MemoryCheckpointTopic(new CheckpointCodec(keyspace.name()).key());
                checkpoints = known;
            }
            MemoryCheckpointTopic topic = known;
            return Optional.of(() -> topic);
        }
    }
}
