package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.tests.kafka.KafkaProcess;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.robustness.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with several copies, which nodes mark to learn where it ends: what each of them reads is what Kafka holds. */
class MarkedLogIT {
    private static final LogEntryCodec CODEC = new LogEntryCodec("shop");
    private static final TopicPartition PARTITION = new TopicPartition("marked", 0);
    private static final int BROKERS = 2;
    private static final int STEPS = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int READ_BYTES = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void whoMarksItReadsWhatOthersPutBetweenTheMarks() throws Exception {
        long seed = Seeds.first();
        System.out.println("marked log: seed " + seed);
        List<KafkaProcess> brokers = KafkaProcess.start(PlatformProcess.installation(), folder, BROKERS);
        Map<String, Object> client =
                Map.of("bootstrap.servers", brokers.getFirst().bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            KafkaLogSettings settings = KafkaLogSettings.of(client);
            try (TransactionLog one = open(settings);
                    TransactionLog other = open(settings)) {
                assertThat(one.copies().all()).isEqualTo(BROKERS);
                mark(one, other, new Random(seed));
            }
        } finally {
            brokers.forEach(KafkaProcess::close);
        }
    }

    /** A broker may not have heard yet of a topic that was just made. */
    private static TransactionLog open(KafkaLogSettings settings) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> KafkaLog.open(settings, PARTITION, CODEC), Objects::nonNull);
    }

    /** One marks and reads at once, as a node that writes; the other one appends between, and reads what Kafka holds. */
    private static void mark(TransactionLog one, TransactionLog other, Random random) throws Exception {
        List<LogRecord> read = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(3)) {
                case 0 -> other.append(List.of(new byte[] {(byte) step}));
                case 1 -> one.end();
                default -> catchUp(one, read, one.end());
            }
        }
        long end = one.end();
        catchUp(one, read, end);
        List<LogRecord> held = new ArrayList<>();
        while (held.size() < end) {
            held.addAll(other.read(held.size(), READ_BYTES, Duration.ofSeconds(1)));
        }
        assertThat(read).usingRecursiveComparison().isEqualTo(held);
    }

    private static void catchUp(TransactionLog log, List<LogRecord> read, long end) throws Exception {
        while (read.size() < end) {
            read.addAll(log.read(read.size(), READ_BYTES, Duration.ZERO));
        }
    }
}
