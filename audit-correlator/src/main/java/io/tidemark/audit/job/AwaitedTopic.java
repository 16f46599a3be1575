package io.tidemark.audit.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * All partitions of a topic, as soon as there is the topic: this process comes up beside the broker, and its job is
 * submitted while the broker and its topics are still being made.
 */
final class AwaitedTopic implements KafkaSubscriber {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 50;

    private final String topic;

    AwaitedTopic(String topic) {
        this.topic = topic;
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        long begun = System.nanoTime();
        try {
            while (true) {
                try {
                    return partitions(admin);
                } catch (ExecutionException e) {
                    boolean passes = e.getCause() instanceof RetriableException;
                    if (!passes || System.nanoTime() - begun > PATIENCE.toNanos()) {
                        throw new KafkaException("the partitions of " + topic + " cannot be found out", e.getCause());
                    }
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while waiting for " + topic, e);
        }
    }

    private Set<TopicPartition> partitions(AdminClient admin) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        return found.values().stream()
                .flatMap(description -> description.partitions().stream())
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
    }
}
