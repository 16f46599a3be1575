package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.RejectReason;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.schema.audit.RejectDoor;
import io.tidemark.service.ByteBudget;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The audit log on Kafka: acks=all, idempotent, zstd, large batches, a bound on what is on its way. */
public final class KafkaAuditLog implements AuditLog {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    /** Room for the identity fields, key and framing around an event's bytes. */
    private static final int RECORD_OVERHEAD_BYTES = 64 * 1024;

    private static final int BATCH_BYTES = 1_000_000;
    /** Half the time of level 1 for a quarter more bytes; events repeat each other so much that any level does. */
    private static final int ZSTD_LEVEL = -1;

    private static final long SPARE_BUFFER_BYTES = 32L * BATCH_BYTES;

    private static final CompletableFuture<Integer> NONE_REFUSED = CompletableFuture.completedFuture(0);

    private final Producer<byte[], byte[]> producer;
    private final ByteBudget budget;

    /**
     * Connects.
     *
     * @param client bootstrap servers and security, as Kafka names them; they win over the settings made here
     * @param limits bounds
     */
    public KafkaAuditLog(Map<String, ?> client, DoorLimits limits) {
        this.producer =
                new KafkaProducer<>(settings(client, limits), new ByteArraySerializer(), new ByteArraySerializer());
        this.budget = new ByteBudget(limits.inFlightBytes());
    }

    /** Bytes of events sent and not yet confirmed. */
    public long inFlightBytes() {
        return budget.usedBytes();
    }

    @Override
    public CompletableFuture<Integer> append(LogBatch batch) {
        long size = batch.sizeBytes();
        if (!budget.tryTake(size)) {
            return CompletableFuture.failedFuture(new OverloadedException("the log takes " + budget.limitBytes()
                    + " bytes at once, " + budget.usedBytes() + " are on their way"));
        }
        return sendAll(batch)
                .thenCompose(refused -> refused.isEmpty() ? NONE_REFUSED : rejectAll(refused))
                .whenComplete((refused, failure) -> budget.release(size));
    }

    /** Completes with the events that the topic finds too large, after everything else is confirmed. */
    private CompletableFuture<List<AuditEvent>> sendAll(LogBatch batch) {
        Pending pending = new Pending(batch.events().size() + batch.rejects().size());
        for (AuditReject reject : batch.rejects()) {
            send(pending, Topics.AUDIT_REJECTS, new ClusterKey(reject.getCluster()), reject, null);
        }
        for (LogBatch.Entry entry : batch.events()) {
            send(pending, Topics.AUDIT_EVENTS, entry.key(), entry.event(), entry.event());
        }
        pending.confirmed(null);
        return pending.done;
    }

    private CompletableFuture<Integer> rejectAll(List<AuditEvent> refused) {
        List<AuditReject> rejects =
                refused.stream().map(KafkaAuditLog::tooLarge).toList();
        // not on the producer's own thread: a send may wait for that thread to learn about the topic
        return CompletableFuture.completedFuture(new LogBatch(List.of(), rejects))
                .thenComposeAsync(this::sendAll)
                .thenApply(nothing -> rejects.size());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells the outcome
    private <K extends SpecificRecord, V extends SpecificRecord> void send(
            Pending pending, Topic<K, V> topic, K key, V value, @Nullable AuditEvent event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.name(), topic.key().encode(key), topic.value().encode(value));
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure instanceof RecordTooLargeException && event != null) {
                    pending.refused.add(event);
                    pending.confirmed(null);
                } else {
                    pending.confirmed(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            pending.confirmed(e);
        }
    }

    private static AuditReject tooLarge(AuditEvent event) {
        int size = event.getEvent().remaining();
        String message = "the topic refuses the event of " + size + " bytes; raise its max.message.bytes. "
                + RejectReason.TOO_LARGE.advice();
        return new AuditReject(
                event.getCluster(),
                event.getAuditId(),
                RejectDoor.valueOf(event.getDoor().name()),
                RejectReason.TOO_LARGE.name(),
                message,
                "",
                size,
                event.getAcceptedMicros());
    }

    private static Map<String, Object> settings(Map<String, ?> client, DoorLimits limits) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "tidemark-audit-door");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, ZSTD_LEVEL);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, limits.audit().eventBytes() + RECORD_OVERHEAD_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, limits.inFlightBytes() + SPARE_BUFFER_BYTES);
        // kube-apiserver waits 30 s for its webhook: tell it sooner that the log did not answer
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        settings.putAll(client);
        return settings;
    }

    @Override
    public void close() {
        producer.close(CLOSE_DEADLINE);
    }

    /** Counts the answers of one batch; one more than its records, given when all are sent. */
    private static final class Pending {
        private final CompletableFuture<List<AuditEvent>> done = new CompletableFuture<>();
        private final Queue<AuditEvent> refused = new ConcurrentLinkedQueue<>();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();
        private final AtomicInteger open;
        private final int records;

        Pending(int records) {
            this.records = records;
            this.open = new AtomicInteger(records + 1);
        }

        void confirmed(@Nullable Exception failure) {
            if (failure != null) {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, failure);
            }
            if (open.decrementAndGet() > 0) {
                return;
            }
            if (failed.get() == 0) {
                done.complete(List.copyOf(refused));
            } else {
                done.completeExceptionally(new AppendFailedException(
                        failed.get() + " of " + records + " records were not confirmed", firstFailure.get()));
            }
        }
    }
}
