package io.tidemark.revision.sequencer;

import java.util.List;

/**
 * Which of several nodes should write a keyspace. What it says is when to try: whether a writer's records count is told by
 * the log alone, and two nodes that both believe to be elected do no harm but to each other's patience. Safe for use by
 * several threads.
 */
public interface Election extends AutoCloseable {
    /** Of a node without others. */
    Election ALONE = new Election() {
        @Override
        public List<String> nodes() {
            return List.of();
        }

        @Override
        public boolean isElected() {
            return true;
        }

        @Override
        public void follows(String writer) {
            throw new IllegalStateException("a node that is alone follows nobody, told to follow " + writer);
        }

        @Override
        public void close() {
            // holds nothing
        }
    };

    /** Whether this node should write now. */
    boolean isElected();

    /**
     * This node does not write: it is told again and again who does.
     *
     * @param writer where it is reached, {@code host:port}; empty when nobody is known
     */
    void follows(String writer);

    /** Where all nodes are reached that take part, {@code host:port}; none when this one is alone. Asks, and takes a while. */
    List<String> nodes();

    /** Lets another node be elected. */
    @Override
    void close();
}
