package io.tidemark.deploy.broker;

import io.tidemark.revision.log.LogTruncatedException;
import io.tidemark.revision.log.LogUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kafka.cluster.Partition;
import kafka.server.ReplicaManager;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Records;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.partition.PartitionListener;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * One partition of the embedded broker, reached past the network. Like {@link EmbeddedBroker} it touches Kafka's server
 * classes, which are no public API: each upgrade of Kafka is checked here and by EmbeddedLogIT.
 *
 * <p>The partition's high watermark moves after the flush, as {@link FlushedAppends} does it, and for batches that
 * come over the network because the topic has {@code flush.messages=1} and one copy: what lies below it is on disk. That is
 * checked, not assumed.
 */
final class BrokerPartition {
    private static final long MILLIS_BETWEEN_LOOKS = 5;

    private final ReplicaManager replicas;
    private final TopicPartition name;
    private final Uuid topicId;
    private final FlushedAppends appends;

    private BrokerPartition(ReplicaManager replicas, TopicPartition name, UnifiedLog log)
            throws LogUnavailableException {
        this.replicas = replicas;
        this.name = name;
        this.topicId = log.topicId().orElseThrow();
        this.appends = new FlushedAppends(log);
    }

    /**
     * Waits until this broker leads the partition and knows all of it, and flushes what an earlier process wrote but may
     * not have flushed.
     *
     * @throws LogUnavailableException when that takes too long, or the topic does not flush each batch
     */
    static BrokerPartition ready(ReplicaManager replicas, TopicPartition name, long waitMillis)
            throws LogUnavailableException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (true) {
            Optional<UnifiedLog> log = online(replicas, name).flatMap(BrokerPartition::led);
            if (log.isPresent() && log.get().highWatermark() == log.get().logEndOffset()) {
                BrokerPartition partition = new BrokerPartition(replicas, name, log.get());
                flushTail(log.get());
                return partition;
            }
            if (System.nanoTime() > deadline) {
                throw new LogUnavailableException("the embedded broker does not lead " + name + " after " + waitMillis
                        + " ms; does the topic exist?");
            }
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    Uuid topicId() {
        return topicId;
    }

    TopicPartition name() {
        return name;
    }

    /** What is called when the high watermark moves, or the partition is gone; it must not take long. */
    void listen(Runnable changed) {
        replicas.maybeAddListener(name, new PartitionListener() {
            @Override
            public void onHighWatermarkUpdated(TopicPartition partition, long offset) {
                changed.run();
            }

            @Override
            public void onDeleted(TopicPartition partition) {
                changed.run();
            }
        });
    }

    /** Offset of the oldest record. */
    long begin() throws LogUnavailableException, LogTruncatedException {
        return log().logStartOffset();
    }

    /** Offset behind the newest record that is flushed. */
    long end() throws LogUnavailableException, LogTruncatedException {
        return log().highWatermark();
    }

    /** Records below the high watermark; the first batch is whole however large it is. */
    Records read(long offset, int mostBytes) throws LogUnavailableException, LogTruncatedException, IOException {
        return log().read(offset, mostBytes, FetchIsolation.HIGH_WATERMARK, true).records;
    }

    /**
     * Appends one batch, which is flushed when this returns.
     *
     * @return the offset of its first record
     * @throws LogUnavailableException when the topic does not flush each batch now; nothing was appended
     * @throws RuntimeException as {@link FlushedAppends#append} does
     */
    long append(MemoryRecords batch) throws LogUnavailableException, LogTruncatedException, IOException {
        Partition partition = partition();
        long first = appends.append(batch, partition.getLeaderEpoch());
        // as the broker does after each request: fetches over the network that wait for this batch are answered
        partition.tryCompleteDelayedRequests();
        return first;
    }

    private UnifiedLog log() throws LogUnavailableException, LogTruncatedException {
        return led(partition()).orElseThrow(this::notLed);
    }

    /** It is led by this broker, and still the one that was opened. */
    private Partition partition() throws LogUnavailableException, LogTruncatedException {
        Partition partition = online(replicas, name).orElseThrow(this::notLed);
        Optional<Uuid> found = value(partition.topicId());
        if (found.isPresent() && !found.get().equals(topicId)) {
            throw new LogTruncatedException(
                    "topic " + name.topic() + " was made anew: its id is " + found.get() + ", it was " + topicId);
        }
        if (!partition.isLeader()) {
            throw notLed();
        }
        return partition;
    }

    private LogUnavailableException notLed() {
        return new LogUnavailableException("the embedded broker does not lead " + name + " now");
    }

    /** After kill -9 the newest records, or their file, may be in the page cache only, above what Kafka knows to be flushed. */
    private static void flushTail(UnifiedLog log) throws LogUnavailableException {
        try {
            log.activeSegment().flush();
            Utils.flushDir(log.dir().toPath());
        } catch (IOException e) {
            throw new LogUnavailableException("the log's newest segment cannot be flushed", e);
        }
    }

    private static Optional<Partition> online(ReplicaManager replicas, TopicPartition name) {
        return value(replicas.onlinePartition(name));
    }

    private static Optional<UnifiedLog> led(Partition partition) {
        return value(partition.leaderLogIfLocal());
    }

    private static <T> Optional<T> value(Option<T> option) {
        @Nullable T value = option.isDefined() ? option.get() : null;
        return Optional.ofNullable(value);
    }
}
