package io.tidemark.revision.election;

import io.tidemark.revision.sequencer.Election;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects by a consumer group of Kafka: all nodes of a keyspace are members, and who is assigned the keyspace's partition
 * writes. Kafka takes a member out when nothing was heard of it for a session. One whose process is gone is taken out by
 * the others at once, and so is one that does not react for a third of one ({@link WriterWatch}): sessions cannot be as short as
 * clients wish.
 *
 * <pre>
 *   member ──assigned──► elected ──revoked, lost, or taken out──► member
 * </pre>
 */
public final class KafkaElection implements Election {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaElection.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LEAVE = Duration.ofSeconds(2);

    private final ElectionSettings settings;
    private final Group group;
    private final WriterWatch watch;
    private final Thread thread;
    private volatile boolean elected;
    private volatile boolean closed;
    /** A member was taken out, and the others may not have heard of it. */
    private volatile boolean changed;

    public KafkaElection(ElectionSettings settings) {
        this.settings = settings;
        this.group = new Group(settings);
        this.watch = new WriterWatch(settings, group, () -> changed = true);
        this.thread =
                Thread.ofPlatform().name("election-" + settings.keyspace()).start(this::run);
    }

    @Override
    public boolean isElected() {
        return elected;
    }

    @Override
    public void follows(String address) {
        watch.watch(address);
    }

    @Override
    public List<String> nodes() {
        return group.nodes();
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
                takePart(consumer);
            } catch (KafkaException e) {
                // FencedInstanceIdException: another node has this one's address, or this one was taken out
                LOG.warn("The election of keyspace {} begins anew: {}", settings.keyspace(), e.getMessage());
                pause();
            } finally {
                elected = false;
            }
        }
    }

    private void takePart(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.subscribe(List.of(settings.partition().topic()), new Assigned(consumer));
        while (!closed) {
            consumer.poll(POLL);
            if (changed) {
                changed = false;
                consumer.enforceRebalance("the node that wrote is gone");
            }
            if (elected) {
                watch.watch("");
            }
        }
        elected = false;
        consumer.close(CloseOptions.timeout(LEAVE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The node writes no more when this returns, as far as new writes go: those under way are fenced by the log. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.close();
        group.close();
    }

    /** What Kafka assigns; none of it is fetched. */
    private final class Assigned implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Assigned(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            if (partitions.contains(settings.partition())) {
                elected = true;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.contains(settings.partition())) {
                elected = false;
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (partitions.contains(settings.partition())) {
                elected = false;
                watch.rest();
            }
        }
    }
}
