package io.tidemark.revision;

import io.tidemark.revision.checkpoint.CheckpointCodec;
import io.tidemark.revision.checkpoint.CheckpointHome;
import io.tidemark.revision.checkpoint.KafkaCheckpointTopic;
import io.tidemark.revision.election.ElectionSettings;
import io.tidemark.revision.election.KafkaElection;
import io.tidemark.revision.election.KafkaObserver;
import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.sequencer.Election;
import io.tidemark.service.Config;
import io.tidemark.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Logs on a Kafka cluster, which several nodes share.
 *
 * @param client bootstrap servers and security, under Kafka's own property names
 * @param session {@link RevisionConfig#ELECTION}
 * @param candidate {@link RevisionConfig#CANDIDATE}
 */
public record KafkaLogHome(Map<String, Object> client, Duration session, boolean candidate) implements LogHome {
    private static final Duration CHECKPOINT_ANSWER = Duration.ofSeconds(10);

    /** As the settings say. */
    public static KafkaLogHome of(Map<String, Object> client, Config config) {
        return new KafkaLogHome(client, config.get(RevisionConfig.ELECTION), config.get(RevisionConfig.CANDIDATE));
    }

    @Override
    public TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec) throws LogUnavailableException {
        return KafkaLog.open(KafkaLogSettings.of(client), partition(keyspace), codec);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Election election(ServedKeyspace keyspace, String node) {
        ElectionSettings settings = new ElectionSettings(client, partition(keyspace), keyspace.name(), node, session);
        return candidate ? new KafkaElection(settings) : new KafkaObserver(settings);
    }

    @Override
    public Optional<CheckpointHome> checkpoints(ServedKeyspace keyspace) {
        return Optional.of(checkpoints(client, keyspace));
    }

    /** In the keyspace's partition of the topic of checkpoints, on a Kafka that is reached so. */
    public static CheckpointHome checkpoints(Map<String, Object> client, ServedKeyspace keyspace) {
        byte[] key = new CheckpointCodec(keyspace.name()).key();
        TopicPartition partition = new TopicPartition(Topics.KV_CHECKPOINTS.name(), keyspace.partition());
        return () -> new KafkaCheckpointTopic(client, partition, key, CHECKPOINT_ANSWER);
    }

    private static TopicPartition partition(ServedKeyspace keyspace) {
        return new TopicPartition(Topics.KV_TRANSACTIONS.name(), keyspace.partition());
    }
}
