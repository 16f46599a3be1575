package io.tidemark.revision;

import io.tidemark.revision.election.ElectionSettings;
import io.tidemark.revision.election.KafkaElection;
import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.sequencer.Election;
import io.tidemark.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Logs on a Kafka cluster, which several nodes share.
 *
 * @param client bootstrap servers and security, under Kafka's own property names
 * @param session {@link RevisionConfig#ELECTION}
 */
public record KafkaLogHome(Map<String, Object> client, Duration session) implements LogHome {
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
        return new KafkaElection(new ElectionSettings(client, partition(keyspace), keyspace.name(), node, session));
    }

    private static TopicPartition partition(ServedKeyspace keyspace) {
        return new TopicPartition(Topics.KV_TRANSACTIONS.name(), keyspace.partition());
    }
}
