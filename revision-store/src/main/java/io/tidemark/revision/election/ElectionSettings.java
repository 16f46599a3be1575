package io.tidemark.revision.election;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Who takes part where.
 *
 * @param client bootstrap servers and security, under Kafka's own property names
 * @param partition of the keyspace: who is assigned it is elected
 * @param keyspace its name, of which the group's name is made
 * @param node where the others reach this one, {@code host:port}; no two nodes may say the same
 * @param session how long nothing may be heard of a node before Kafka assigns its partitions to others
 */
public record ElectionSettings(
        Map<String, Object> client, TopicPartition partition, String keyspace, String node, Duration session) {
    /** Heartbeats in a session: each tells the others of a change, so few of them make a slow election. */
    private static final int HEARTBEATS = 20;

    private static final int ANSWER_MILLIS = 5_000;

    public ElectionSettings {
        client = Map.copyOf(client);
    }

    String group() {
        return "tidemark-kv-" + keyspace;
    }

    /** Members that have such an id can be taken out of the group by others. */
    private String instance() {
        return node.replaceAll("[^a-zA-Z0-9._-]", "_");
    }

    /** Fetches nothing: what it is assigned is paused. */
    Map<String, Object> consumer() {
        Map<String, Object> properties = new HashMap<>(client);
        int millis = (int) session.toMillis();
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, node);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group());
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance());
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis / HEARTBEATS);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, node + "-election");
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        return properties;
    }
}
