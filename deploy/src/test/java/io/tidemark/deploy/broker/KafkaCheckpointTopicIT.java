package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.revision.checkpoint.CheckpointTopic;
import io.tidemark.revision.checkpoint.CheckpointTopicContract;
import io.tidemark.revision.checkpoint.CheckpointsUnavailableException;
import io.tidemark.revision.checkpoint.KafkaCheckpointTopic;
import io.tidemark.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints over the network on a real broker. */
class KafkaCheckpointTopicIT extends CheckpointTopicContract {
    private static LogTopics topics;

    @BeforeAll
    static void start(@TempDir Path temp) {
        topics = new LogTopics(temp.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Override
    protected CheckpointTopic open() {
        return topic(topics.next(Topics.KV_CHECKPOINTS), Duration.ofSeconds(20));
    }

    private static CheckpointTopic topic(String name, Duration answer) {
        return new KafkaCheckpointTopic(topics.client(), new TopicPartition(name, LogTopics.PARTITION), KEY, answer);
    }

    @Test
    void aTopicThatIsNotThereIsNotTakenForAnEmptyOne() {
        try (CheckpointTopic topic = topic("nothing", Duration.ofSeconds(1))) {
            assertThatExceptionOfType(CheckpointsUnavailableException.class).isThrownBy(topic::begin);
            assertThatExceptionOfType(CheckpointsUnavailableException.class).isThrownBy(topic::end);
            assertThatExceptionOfType(CheckpointsUnavailableException.class).isThrownBy(() -> topic.append(KEY));
        }
    }
}
