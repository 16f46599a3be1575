package io.tidemark.revision.checkpoint;

import io.tidemark.revision.log.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in a partition of a Kafka topic, over the network: of a cluster, or of the broker in this process. One record at
 * a time is on its way, confirmed by all copies. Clients are made when they are needed, and live as long as this.
 */
public final class KafkaCheckpointTopic implements CheckpointTopic {
    private static final int REQUEST_BYTES = 1024 * 1024;
    private static final long BUFFER_BYTES = 4L * REQUEST_BYTES;
    private static final byte[] NOTHING = {};

    private final Map<String, Object> client;
    private final TopicPartition partition;
    private final byte[] key;
    private final Duration answer;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    /** Where the consumer goes on; -1 when that is not known. */
    private long next = -1;

    /**
     * Asks nobody yet.
     *
     * @param client bootstrap servers and security, under Kafka's own property names
     * @param key of every record that is appended
     * @param answer longest wait for each answer
     */
    public KafkaCheckpointTopic(Map<String, Object> client, TopicPartition partition, byte[] key, Duration answer) {
        this.client = Map.copyOf(client);
        this.partition = partition;
        this.key = key.clone();
        this.answer = answer;
    }

    @Override
    public long begin() throws CheckpointsUnavailableException {
        return asked("where it begins", () -> offset(reader().beginningOffsets(List.of(partition), answer)));
    }

    @Override
    public long end() throws CheckpointsUnavailableException {
        return asked("where it ends", () -> offset(reader().endOffsets(List.of(partition), answer)));
    }

    private long offset(Map<TopicPartition, Long> offsets) throws CheckpointsUnavailableException {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new CheckpointsUnavailableException("Kafka does not know " + partition);
        }
        return offset;
    }

    @Override
    public long append(byte[] value) throws CheckpointsUnavailableException {
        return asked("to append", () -> {
            var record = new ProducerRecord<>(partition.topic(), partition.partition(), key, value);
            return writer().send(record)
                    .get(answer.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        });
    }

    @Override
    public List<LogRecord> read(long offset) throws CheckpointsUnavailableException {
        return asked("what is at offset " + offset, () -> {
            KafkaConsumer<byte[], byte[]> reader = reader();
            if (offset != next) { // to go where one is throws away what was fetched
                reader.seek(partition, offset);
                next = offset;
            }
            List<LogRecord> found = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(answer)) {
                found.add(new LogRecord(record.offset(), part(record.key()), part(record.value())));
            }
            if (found.isEmpty()) {
                throw new CheckpointsUnavailableException(partition + " shows nothing at offset " + offset);
            }
            next = found.getLast().offset() + 1;
            return found;
        });
    }

    /** Foreign records may lack a part: who decodes them tells. */
    @SuppressWarnings("NullAway") // Kafka's records say nothing about null
    private static byte[] part(byte[] part) {
        return part == null ? NOTHING : part;
    }

    @Override
    public void removeBefore(long offset) throws CheckpointsUnavailableException {
        asked("to delete what is before offset " + offset, () -> {
            try (Admin admin = Admin.create(properties())) {
                return admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                        .all()
                        .get(answer.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // clients that are interrupted leave things open
        try {
            KafkaProducer<byte[], byte[]> writer = producer;
            if (writer != null) {
                writer.close(Duration.ZERO);
            }
            KafkaConsumer<byte[], byte[]> reader = consumer;
            if (reader != null) {
                reader.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What Kafka is asked. */
    @FunctionalInterface
    private interface Question<T extends @Nullable Object> {
        T ask() throws CheckpointsUnavailableException, ExecutionException, InterruptedException, TimeoutException;
    }

    private <T extends @Nullable Object> T asked(String what, Question<T> question)
            throws CheckpointsUnavailableException {
        String text = "Kafka was asked " + what + " in " + partition;
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new CheckpointsUnavailableException(text + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CheckpointsUnavailableException(text + ": no answer within " + answer, e);
        } catch (InterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CheckpointsUnavailableException(text + ": interrupted", e);
        } catch (KafkaException e) {
            throw new CheckpointsUnavailableException(text + ": " + e.getMessage(), e);
        }
    }

    private KafkaProducer<byte[], byte[]> writer() {
        KafkaProducer<byte[], byte[]> made = producer;
        if (made == null) {
            Map<String, Object> properties = properties();
            properties.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) answer.toMillis() / 2);
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, answer.toMillis());
            properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES);
            properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
            properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"); // the image's files are compressed
            properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            made = new KafkaProducer<>(properties);
            producer = made;
        }
        return made;
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> made = consumer;
        if (made == null) {
            Map<String, Object> properties = properties();
            properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) BUFFER_BYTES);
            properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, (int) BUFFER_BYTES);
            properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            made = new KafkaConsumer<>(properties);
            made.assign(List.of(partition));
            consumer = made;
        }
        return made;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        return properties;
    }
}
