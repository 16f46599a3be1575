package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.log.TransactionLogContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in process on a real broker. */
class EmbeddedLogIT extends TransactionLogContract {
    private static LogTopics topics;

    private final String topic = topics.next();

    @BeforeAll
    static void start(@TempDir Path temp) {
        topics = new LogTopics(temp.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Override
    protected TransactionLog open() throws Exception {
        return topics.broker().log(topic, LogTopics.PARTITION, KEY);
    }

    @Override
    protected void makeAnew() throws Exception {
        topics.makeAnew(topic, this::open);
    }

    @Override
    protected void deleteBefore(long offset) throws Exception {
        topics.deleteBefore(topic, offset);
    }

    @Test
    void aTopicThatDoesNotFlushEachBatchIsRefused() throws Exception {
        try (TransactionLog log = open()) {
            log.append(values("a"));
            topics.set(topic, "flush.messages", "100");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThatExceptionOfType(AppendRefusedException.class)
                            .isThrownBy(() -> log.append(values("b")))
                            .withMessageContaining("has flush.messages=100"));
        }
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(this::open);
    }

    @Test
    void whatIsAppendedInProcessIsReadOverTheNetworkAndTheOtherWayRound() throws Exception {
        TopicPartition partition = new TopicPartition(topic, LogTopics.PARTITION);
        try (TransactionLog inProcess = open();
                TransactionLog network = KafkaLog.open(KafkaLogSettings.of(topics.client()), partition, KEY)) {
            assertThat(network.identity()).isEqualTo(inProcess.identity());
            inProcess.append(values("a", "b"));
            network.append(values("c"));

            assertThat(read(network)).isEqualTo("a b c").isEqualTo(read(inProcess));
            assertThat(network.end()).isEqualTo(inProcess.end());
        }
    }

    @Test
    void aReaderOverTheNetworkThatWaitsIsToldAtOnce() throws Exception {
        KafkaLogSettings patient = KafkaLogSettings.of(topics.client());
        try (TransactionLog inProcess = open();
                TransactionLog network = KafkaLog.open(patient, new TopicPartition(topic, LogTopics.PARTITION), KEY)) {
            List<String> got = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                inProcess.append(values("a" + i));
                network.read(i, 100, Duration.ofSeconds(60))
                        .forEach(record -> got.add(new String(record.value(), StandardCharsets.UTF_8)));
            }
            assertThat(got).hasSize(20).startsWith("a0", "a1").endsWith("a19");
        }
    }

    private static String read(TransactionLog log) throws Exception {
        List<String> texts = new ArrayList<>();
        long next = log.begin();
        while (next < log.end()) {
            for (var record : log.read(next, 1 << 20, Duration.ofSeconds(60))) {
                texts.add(new String(record.value(), StandardCharsets.UTF_8));
                next = record.offset() + 1;
            }
        }
        return String.join(" ", texts);
    }
}
