package io.tidemark.revision.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Where a partition begins and ends, and which topic it is of, asked at Kafka each time. */
final class KafkaTopicState {
    private final KafkaLogSettings settings;
    private final TopicPartition partition;
    private final Admin admin;
    /** Asks for offsets only: one request each, while the leader stays the same. */
    private final KafkaConsumer<byte[], byte[]> consumer;

    KafkaTopicState(KafkaLogSettings settings, TopicPartition partition) {
        this.settings = settings;
        this.partition = partition;
        this.admin = Admin.create(settings.admin());
        this.consumer = new KafkaConsumer<>(settings.consumer());
        consumer.assign(List.of(partition));
    }

    /** Cluster, topic id and partition, as the embedded log has them, too. */
    String identity() throws LogUnavailableException {
        String cluster = await(admin.describeCluster().clusterId());
        var topics = admin.describeTopics(List.of(partition.topic())).topicNameValues();
        Uuid id = await(Objects.requireNonNull(topics.get(partition.topic()))).topicId();
        return cluster + "/" + id + "/" + partition.partition();
    }

    Copies copies() throws LogUnavailableException {
        var topics = admin.describeTopics(List.of(partition.topic())).topicNameValues();
        int replicas = await(Objects.requireNonNull(topics.get(partition.topic())))
                .partitions()
                .get(partition.partition())
                .replicas()
                .size();
        return new Copies(replicas, Math.min(replicas, inSync()));
    }

    private int inSync() throws LogUnavailableException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, partition.topic());
        Config settings = await(Objects.requireNonNull(
                admin.describeConfigs(List.of(topic)).values().get(topic)));
        ConfigEntry inSync = settings.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return inSync == null ? 1 : Integer.parseInt(inSync.value());
    }

    synchronized long begin() throws LogUnavailableException {
        try {
            return offset(consumer.beginningOffsets(List.of(partition), settings.answer()));
        } catch (KafkaException e) {
            throw new LogUnavailableException("Kafka does not tell where " + partition + " begins", e);
        }
    }

    synchronized long end() throws LogUnavailableException {
        try {
            return offset(consumer.endOffsets(List.of(partition), settings.answer()));
        } catch (KafkaException e) {
            throw new LogUnavailableException("Kafka does not tell where " + partition + " ends", e);
        }
    }

    void close() {
        admin.close(Duration.ZERO);
        consumer.wakeup();
        synchronized (this) {
            consumer.close();
        }
    }

    private long offset(Map<TopicPartition, Long> offsets) throws LogUnavailableException {
        @Nullable Long offset = offsets.get(partition);
        if (offset == null) {
            throw new LogUnavailableException("Kafka does not know " + partition);
        }
        return offset;
    }

    private <V> V await(KafkaFuture<V> future) throws LogUnavailableException {
        try {
            return future.get(settings.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LogUnavailableException("Kafka does not tell what " + partition + " is: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted while asking Kafka", e);
        }
    }
}
