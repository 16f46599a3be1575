package io.tidemark.query.projector;

import io.tidemark.query.span.EncodedSpan;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.Span;
import io.tidemark.topic.Topic;
import io.tidemark.topic.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The span topic read without a consumer group: every partition is assigned here, and the positions live with the
 * store's commits, not in Kafka.
 */
public final class KafkaSpanLog implements SpanLog {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int FETCH_MIN_BYTES = 128 * 1024;
    private static final int FETCH_WAIT_MILLIS = 50;

    private final Topic<ObjectKey, Span> topic;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param client how to reach Kafka: bootstrap servers and security, as Kafka's own property names
     * @param batchRecords most records of one poll
     */
    public KafkaSpanLog(Topic<ObjectKey, Span> topic, Map<String, Object> client, int batchRecords) {
        this.topic = topic;
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchRecords);
        // each request has its price at the broker, however little it brings: wait a moment for more
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "tidemark-span-projector");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public boolean seek(LogPositions positions) {
        return asking("find the positions", () -> {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), ANSWER).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("topic " + topic.name() + " does not exist");
            }
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
            boolean reached = true;
            for (TopicPartition partition : partitions) {
                long begin = begins.getOrDefault(partition, 0L);
                long wanted = positions.next().getOrDefault(partition.partition(), begin);
                reached &= wanted <= ends.getOrDefault(partition, 0L);
                consumer.seek(partition, Math.max(wanted, begin));
            }
            return reached;
        });
    }

    @Override
    public SpanBatch poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = asking("read", () -> consumer.poll(timeout));
        List<EncodedSpan> spans = new ArrayList<>(records.count());
        Map<Integer, Long> next = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> each : records.records(partition)) {
                spans.add(new EncodedSpan(decode(each), each.value()));
                next.put(partition.partition(), each.offset() + 1);
            }
        }
        return new SpanBatch(spans, LogPositions.of(next));
    }

    @Override
    public long lagRecords() {
        return asking("measure the lag", () -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER);
            long lag = 0;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                lag += Math.max(0, end.getValue() - consumer.position(end.getKey(), ANSWER));
            }
            return lag;
        });
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Span decode(ConsumerRecord<byte[], byte[]> each) {
        try {
            return topic.value().decode(each.value());
        } catch (UnreadableRecordException e) {
            throw new SpanLogException(
                    topic.name() + " partition " + each.partition() + " offset " + each.offset() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private <T> T asking(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (KafkaException e) {
            throw new SpanLogException(topic.name() + ": could not " + what + ": " + e.getMessage(), e);
        }
    }
}
