package io.tidemark.revision.election;

import io.tidemark.revision.sequencer.Election;
import java.util.List;

/**
 * A node that serves a keyspace and is never elected, so that any number of them may come and go without an election. Who
 * writes it knows from the log.
 */
public final class KafkaObserver implements Election {
    private final Group group;

    public KafkaObserver(ElectionSettings settings) {
        this.group = new Group(settings);
    }

    @Override
    public boolean isElected() {
        return false;
    }

    /** Those that may be elected notice when it is gone. */
    @Override
    public void follows(String writer) {
        // nothing to do
    }

    @Override
    public List<String> nodes() {
        return group.nodes();
    }

    @Override
    public void close() {
        group.close();
    }
}
