package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.log.TransactionLogContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log over the network on a real broker. */
class KafkaLogIT extends TransactionLogContract {
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

    private static KafkaLogSettings settings(LogTopics of) {
        return new KafkaLogSettings(
                of.client(), Duration.ofSeconds(10), Duration.ofSeconds(10), 1 << 20, Duration.ZERO);
    }

    @Override
    protected TransactionLog open() throws LogUnavailableException {
        return KafkaLog.open(settings(topics), new TopicPartition(topic, LogTopics.PARTITION), CODEC);
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
    void whatTheTopicFindsTooLargeIsRefusedAndTheNextIsTaken() throws Exception {
        topics.set(topic, "max.message.bytes", "10000");
        try (TransactionLog log = open()) {
            assertThatExceptionOfType(AppendRefusedException.class)
                    .isThrownBy(() -> log.append(List.of(new byte[20_000])));
            assertThat(log.append(values("a"))).isZero();
        }
    }

    @Test
    void aTopicThatIsNotThereIsToldAtOnce() {
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> KafkaLog.open(settings(topics), new TopicPartition("nothing", 0), CODEC));
    }

    @Test
    void withoutABrokerNothingIsAnsweredAsIfItWereKnown(@TempDir Path temp) throws Exception {
        LogTopics own = new LogTopics(temp.resolve("kafka"));
        KafkaLogSettings brief = new KafkaLogSettings(
                own.client(), Duration.ofSeconds(1), Duration.ofSeconds(2), 1 << 20, Duration.ofMinutes(10));
        try (TransactionLog log = KafkaLog.open(brief, new TopicPartition(own.next(), 0), CODEC)) {
            log.append(values("a"));
            own.close();

            assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(log::end);
            assertThatThrownBy(() -> log.append(values("b")))
                    .isInstanceOfAny(AppendRefusedException.class, AppendUnknownException.class);
            assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> log.read(1, 100, Duration.ZERO));
        }
    }
}
