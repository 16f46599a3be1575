package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.log.TransactionLogContract;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
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
                TransactionLog network = KafkaLog.open(KafkaLogSettings.of(topics.client()), partition, CODEC)) {
            assertThat(network.identity()).isEqualTo(inProcess.identity());
            inProcess.append(values("a", "b"));
            network.append(values("c"));

            assertThat(read(network)).isEqualTo("a b c").isEqualTo(read(inProcess));
            assertThat(network.end()).isEqualTo(inProcess.end());
        }
    }

    /** The broker is told of what it did not get as a request: else a fetch that waits would wait to its end. */
    @Test
    void aReaderOverTheNetworkThatWaitsIsGivenWhatWasAppendedInProcess() throws Exception {
        Map<String, Object> client = new HashMap<>(topics.client());
        client.put("fetch.max.wait.ms", 200_000);
        KafkaLogSettings patient = new KafkaLogSettings(
                client, Duration.ofMinutes(5), Duration.ofSeconds(10), 1 << 20, Duration.ofMinutes(5));
        try (ExecutorService threads = Executors.newFixedThreadPool(1);
                TransactionLog inProcess = open();
                TransactionLog network =
                        KafkaLog.open(patient, new TopicPartition(topic, LogTopics.PARTITION), CODEC)) {
            Future<List<LogRecord>> waiting = threads.submit(() -> network.read(0, 100, Duration.ofMinutes(5)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> number(
                                    "kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,"
                                            + "delayedOperation=Fetch",
                                    "Value")
                            > 0);
            inProcess.append(values("a"));

            assertThat(waiting.get(60, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    private static long number(String bean, String attribute) throws JMException {
        return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), attribute))
                .longValue();
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
