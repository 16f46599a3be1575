package io.tidemark.deploy.broker;

import io.tidemark.topic.Topic;
import java.util.OptionalInt;

/**
 * Where the topics live.
 *
 * @param bootstrapServers Kafka's address
 * @param tasks on our own single broker, how many tasks read a topic side by side; empty on a cluster of the user
 */
public record TopicHome(String bootstrapServers, OptionalInt tasks) {
    public static TopicHome embedded(String bootstrapServers, int tasks) {
        return new TopicHome(bootstrapServers, OptionalInt.of(tasks));
    }

    public static TopicHome cluster(String bootstrapServers) {
        return new TopicHome(bootstrapServers, OptionalInt.empty());
    }

    /** One copy, a flush to disk before each acknowledgement, few partitions. */
    boolean embedded() {
        return tasks.isPresent();
    }

    /**
     * With how many partitions a topic is made. On the embedded broker no more than there are tasks to read them: each
     * partition that a list of events touches costs a flush of its own (docs/benchmarks.md).
     */
    int partitions(Topic<?, ?> topic) {
        if (!topic.shape().spread()) {
            return topic.partitions();
        }
        return Math.min(topic.partitions(), tasks.orElse(topic.partitions()));
    }
}
