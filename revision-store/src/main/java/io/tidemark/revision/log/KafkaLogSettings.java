package io.tidemark.revision.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How a log on a Kafka cluster is reached, and how long for.
 *
 * @param client bootstrap servers and security, under Kafka's own property names
 * @param answer longest wait for an answer to a question: where the log begins and ends, what its identity is, what it holds
 * @param append longest wait for an append; after that its outcome is unknown
 * @param fetchBytes most bytes of one fetch; a batch that is larger comes alone
 * @param identityCheck how old the knowledge may be that the topic is still the same one
 */
public record KafkaLogSettings(
        Map<String, Object> client, Duration answer, Duration append, int fetchBytes, Duration identityCheck) {
    private static final int POLL_RECORDS = 10_000;
    private static final long BUFFER_BYTES = 4L * AppendSize.VALUE_BYTES_MAX;
    private static final int REQUEST_SLACK_BYTES = 64 * 1024;

    public KafkaLogSettings {
        client = Map.copyOf(client);
    }

    public static KafkaLogSettings of(Map<String, Object> client) {
        return new KafkaLogSettings(
                client, Duration.ofSeconds(5), Duration.ofSeconds(10), 4 * 1024 * 1024, Duration.ofSeconds(1));
    }

    /**
     * A batch waits until it is flushed on purpose, so that a group becomes one batch: one that stands in the log whole or
     * not at all.
     */
    Map<String, Object> producer() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, AppendSize.GROUP_BYTES_MAX);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, append.toMillis() / 2);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) append.toMillis() / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) append.toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, answer.toMillis());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, AppendSize.VALUE_BYTES_MAX + REQUEST_SLACK_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    /**
     * Without a group and without a place to go on from when the one asked for is not there. What is acknowledged by all
     * copies is read, as soon as it is: a foreign transaction on the topic holds nobody up.
     */
    Map<String, Object> consumer() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        return properties;
    }
}
