package io.tidemark.tests.platform;

import static org.awaitility.Awaitility.await;

import io.tidemark.query.span.SpanDump;
import io.tidemark.schema.audit.Span;
import io.tidemark.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the correlator wrote, read from Kafka as any consumer would. */
public final class SpanTopic {
    private static final String GROUP = "tidemark-audit-correlator";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Map<String, Object> kafka;

    public SpanTopic(String bootstrapServers) {
        this.kafka = Map.of("bootstrap.servers", bootstrapServers, "request.timeout.ms", 5_000);
    }

    /**
     * Waits until everything accepted so far has been worked through and its spans are on the topic. The reads that
     * are sent first make this sure also when the job goes back to an earlier place in the log meanwhile.
     */
    public void awaitSettled(Feeder feeder) throws InterruptedException {
        feeder.feedReads();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(this::isSettled);
    }

    /** The job commits how far it has read with each checkpoint, and each checkpoint first flushes the spans. */
    private boolean isSettled() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            List<TopicPartition> partitions = partitions(admin, Topics.AUDIT_EVENTS.name());
            Map<TopicPartition, Long> ends = ends(admin, partitions);
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue() == 0
                            || read.containsKey(end.getKey())
                                    && read.get(end.getKey()).offset() >= end.getValue());
        }
    }

    public List<Span> read() throws ExecutionException, InterruptedException {
        List<Span> spans = new ArrayList<>();
        try (Admin admin = Admin.create(kafka);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(admin, Topics.AUDIT_SPANS.name());
            Map<TopicPartition, Long> ends = ends(admin, partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> spans.add(Topics.AUDIT_SPANS.value().decode(record.value())));
            }
        }
        return spans;
    }

    public String dump() throws ExecutionException, InterruptedException {
        SpanDump dump = new SpanDump();
        read().forEach(dump::add);
        return dump.text();
    }

    private static List<TopicPartition> partitions(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
