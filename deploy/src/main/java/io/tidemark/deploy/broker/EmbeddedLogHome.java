package io.tidemark.deploy.broker;

import io.tidemark.revision.LogHome;
import io.tidemark.revision.ServedKeyspace;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.topic.Topics;

/** Logs on the broker of this process. */
public record EmbeddedLogHome(EmbeddedBroker broker) implements LogHome {
    @Override
    public TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec)
            throws LogUnavailableException, InterruptedException {
        return broker.log(Topics.KV_TRANSACTIONS.name(), keyspace.partition(), codec.key());
    }
}
