package io.tidemark.revision.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads one partition from any offset; what was fetched and not asked for yet is kept for the next call. */
final class KafkaReader {
    private static final byte[] NOTHING = {};

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<LogRecord> fetched = new ArrayDeque<>();
    /** Where {@link #fetched} begins, and the consumer goes on when it is empty. */
    private long next = -1;

    KafkaReader(KafkaLogSettings settings, TopicPartition partition) {
        this.partition = partition;
        this.consumer = new KafkaConsumer<>(settings.consumer());
        consumer.assign(List.of(partition));
    }

    /**
     * What is at an offset and behind it. May come back early, and without anything.
     *
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException when the offset is not there
     */
    List<LogRecord> read(long offset, int mostBytes, Duration wait) {
        if (offset != next) {
            fetched.clear();
            consumer.seek(partition, offset);
            next = offset;
        }
        if (fetched.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(wait)) {
                fetched.add(new LogRecord(each.offset(), part(each.key()), part(each.value())));
            }
        }
        List<LogRecord> page = new ArrayList<>();
        long bytes = 0;
        while (!fetched.isEmpty()) {
            bytes += fetched.getFirst().value().length;
            if (bytes > mostBytes && !page.isEmpty()) {
                break;
            }
            page.add(fetched.removeFirst());
        }
        if (!page.isEmpty()) {
            next = page.getLast().offset() + 1;
        }
        return page;
    }

    /** Ends a read that waits, from another thread. */
    void wakeup() {
        consumer.wakeup();
    }

    void close() {
        consumer.close();
    }

    /** Foreign records may lack a part: who decodes them tells. */
    @SuppressWarnings("NullAway") // Kafka's records say nothing about null
    private static byte[] part(byte[] part) {
        return part == null ? NOTHING : part;
    }
}
