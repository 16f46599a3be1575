package io.tidemark.revision.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Appends groups through a producer of its own:
 *
 * <pre>
 *   metadata known ─► all records into one batch ─► flushed ─┬─ all confirmed ─► offset
 *         │ no                                               ├─ all refused by the broker ─► refused
 *         └─► refused                                        └─ else ─► unknown, and another producer from now on
 * </pre>
 *
 * <p>A group is one batch unless this process stands still for half the append's deadline between two records of it; then
 * a failure may leave the first part of it in the log, and is told as unknown.
 */
final class KafkaAppender {
    private final KafkaLogSettings settings;
    private final TopicPartition partition;
    private final byte[] key;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaAppender(KafkaLogSettings settings, TopicPartition partition, byte[] key) {
        this.settings = settings;
        this.partition = partition;
        this.key = key;
    }

    synchronized long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
        KafkaProducer<byte[], byte[]> current = ready();
        List<Future<RecordMetadata>> sent = new ArrayList<>(values.size());
        try {
            for (byte[] value : values) {
                sent.add(current.send(new ProducerRecord<>(partition.topic(), partition.partition(), key, value)));
            }
            current.flush();
        } catch (InterruptException e) {
            abandon();
            throw new AppendUnknownException("interrupted while Kafka appended", e);
        } catch (KafkaException | IllegalStateException e) {
            abandon();
            throw new AppendUnknownException("Kafka did not confirm: " + e.getMessage(), e);
        }
        return outcome(sent);
    }

    synchronized void close() {
        abandon();
    }

    private KafkaProducer<byte[], byte[]> ready() throws AppendRefusedException {
        try {
            KafkaProducer<byte[], byte[]> current = producer;
            if (current == null) {
                current = new KafkaProducer<>(settings.producer());
                producer = current;
            }
            if (current.partitionsFor(partition.topic()).size() <= partition.partition()) {
                throw new AppendRefusedException(
                        "topic " + partition.topic() + " has no partition " + partition.partition());
            }
            return current;
        } catch (KafkaException e) {
            throw new AppendRefusedException("Kafka does not tell who leads " + partition + ": " + e.getMessage(), e);
        }
    }

    private long outcome(List<Future<RecordMetadata>> sent) throws AppendRefusedException, AppendUnknownException {
        long first = -1;
        int refused = 0;
        @Nullable Throwable failure = null;
        for (int i = 0; i < sent.size(); i++) {
            try {
                long offset = sent.get(i).get().offset();
                first = i == 0 ? offset : first;
                if (offset != first + i && failure == null) {
                    failure = new IllegalStateException("record " + i + " came to offset " + offset + ", the first to "
                            + first + ": somebody else appended in between");
                }
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
                refused += isRefusal(e.getCause()) ? 1 : 0;
            } catch (InterruptedException e) {
                abandon();
                Thread.currentThread().interrupt();
                throw new AppendUnknownException("interrupted while Kafka appended", e);
            }
        }
        if (failure == null) {
            return first;
        }
        abandon();
        if (refused == sent.size()) {
            throw new AppendRefusedException("Kafka refused: " + failure.getMessage(), failure);
        }
        throw new AppendUnknownException("Kafka did not confirm: " + failure.getMessage(), failure);
    }

    /** Answers that a leader gives before it touches its log. */
    private static boolean isRefusal(@Nullable Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof AuthorizationException
                || cause instanceof InvalidTopicException;
    }

    /** What this producer has not sent yet is not sent any more. */
    private void abandon() {
        KafkaProducer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) {
            boolean interrupted = Thread.interrupted();
            try {
                current.close(Duration.ZERO);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
