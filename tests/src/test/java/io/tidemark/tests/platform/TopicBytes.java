package io.tidemark.tests.platform;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on topics, Kafka's own among them, batches unpacked. */
public final class TopicBytes {
    private TopicBytes() {}

    /** Keys, values and headers of all records, one after the other, by topic. */
    public static Map<String, ByteBuffer> of(String bootstrapServers) {
        Map<String, ByteBuffer> topics = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            for (String topic : consumer.listTopics().keySet()) {
                List<byte[]> pieces = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : read(consumer, topic)) {
                    pieces.add(record.key() == null ? new byte[0] : record.key());
                    pieces.add(record.value() == null ? new byte[0] : record.value());
                    record.headers().forEach(header -> pieces.add(header.value()));
                }
                ByteBuffer all = ByteBuffer.allocate(
                        pieces.stream().mapToInt(piece -> piece.length + 1).sum());
                pieces.forEach(piece -> all.put(piece).put((byte) '\n'));
                topics.put(topic, all.flip());
            }
        }
        return topics;
    }

    /** The values of all records of a topic, partition by partition. */
    public static List<byte[]> values(String bootstrapServers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            return read(consumer, topic).stream().map(ConsumerRecord::value).toList();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "exclude.internal.topics", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }
}
