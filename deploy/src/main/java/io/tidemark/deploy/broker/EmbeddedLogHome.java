package io.tidemark.deploy.broker;

import io.tidemark.revision.KafkaLogHome;
import io.tidemark.revision.LogHome;
import io.tidemark.revision.ServedKeyspace;
import io.tidemark.revision.checkpoint.CheckpointHome;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.topic.Topics;
import java.util.Map;
import java.util.Optional;

/** Logs on the broker of this process. */
public record EmbeddedLogHome(EmbeddedBroker broker) implements LogHome {
    @Override
    public TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec)
            throws LogUnavailableException, InterruptedException {
        return broker.log(Topics.KV_TRANSACTIONS.name(), keyspace.partition(), codec.key());
    }

    /** Over the network: nobody waits for a checkpoint. */
    @Override
    public Optional<CheckpointHome> checkpoints(ServedKeyspace keyspace) {
        return Optional.of(KafkaLogHome.checkpoints(Map.of("bootstrap.servers", broker.bootstrapServers()), keyspace));
    }
}
