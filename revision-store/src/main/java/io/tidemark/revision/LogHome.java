package io.tidemark.revision;

import io.tidemark.revision.checkpoint.CheckpointHome;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.sequencer.Election;
import java.util.Optional;

/** Where the logs of keyspaces are. */
@FunctionalInterface
public interface LogHome {
    /** Opens the log of a keyspace; waits until that is possible, within a bound. */
    TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec)
            throws LogUnavailableException, InterruptedException;

    /** Whether several nodes use the logs, over a network; else they are in this process. */
    default boolean isShared() {
        return false;
    }

    /** Where checkpoints of its image are kept; empty when none are. */
    default Optional<CheckpointHome> checkpoints(ServedKeyspace keyspace) {
        return Optional.empty();
    }

    /**
     * Takes part in choosing who writes.
     *
     * @param node where the others reach this one, {@code host:port}
     */
    default Election election(ServedKeyspace keyspace, String node) {
        return Election.ALONE;
    }
}
