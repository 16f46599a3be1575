package io.tidemark.revision.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A keyspace's log on a Kafka cluster: one partition of a topic, appended with {@code acks=all}. What that is worth is up to
 * the topic's {@code min.insync.replicas}.
 *
 * <p>Kafka's clients go on with a topic that was deleted and made again as if nothing had happened. Here the topic's id is
 * looked at anew when a read goes to another place and else as often as {@link KafkaLogSettings#identityCheck} says, and an
 * end that lies before one that was seen is never told: what goes unnoticed for that long is a topic that was made anew and
 * grew beyond the old one at once.
 */
public final class KafkaLog implements TransactionLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaLogSettings settings;
    private final String opened;
    private final KafkaTopicState topic;
    private final KafkaReader reader;
    private final KafkaAppender appender;
    /** Of marks, which others than the one that writes append. */
    private final KafkaAppender marker;

    private final OwnMarks marks;
    private final Copies copies;
    /** The end behind everything that was read, appended or told by this log. */
    private final AtomicLong seen = new AtomicLong();
    /** Guards the reader, and what stands here. */
    private final Object reading = new Object();

    private long expected = -1;
    private volatile long checkedNanos = System.nanoTime();
    private volatile boolean closed;

    /**
     * Opens the log of one partition.
     *
     * @param codec of the records, for their key and for marks
     * @throws LogUnavailableException when the cluster does not answer, or the topic does not exist
     */
    public static KafkaLog open(KafkaLogSettings settings, TopicPartition partition, LogEntryCodec codec)
            throws LogUnavailableException {
        KafkaTopicState topic = new KafkaTopicState(settings, partition);
        try {
            return new KafkaLog(settings, topic, partition, codec);
        } catch (LogUnavailableException e) {
            topic.close();
            throw e;
        }
    }

    private KafkaLog(KafkaLogSettings settings, KafkaTopicState topic, TopicPartition partition, LogEntryCodec codec)
            throws LogUnavailableException {
        this.settings = settings;
        this.topic = topic;
        this.opened = topic.identity();
        this.reader = new KafkaReader(settings, partition);
        this.appender = new KafkaAppender(settings, partition, codec.key());
        this.marker = new KafkaAppender(settings, partition, codec.key());
        this.marks = new OwnMarks(codec.key(), codec.mark());
        this.copies = topic.copies();
        if (copies.isLostWithOne()) {
            LOG.warn(
                    "Writes to {} are answered when one broker has them, and are lost with that broker: give the topic three"
                            + " replicas, and min.insync.replicas=2; found {} and {}",
                    partition,
                    copies.all(),
                    copies.confirming());
        }
    }

    @Override
    public String identity() throws LogUnavailableException {
        requireOpen();
        return opened;
    }

    @Override
    public long begin() throws LogUnavailableException {
        requireOpen();
        return topic.begin();
    }

    @Override
    public Copies copies() {
        return copies;
    }

    /**
     * With several copies, a broker that was replaced as the leader and did not hear of it tells an end that is none any
     * more. What all copies have to confirm it cannot append: so a mark is appended, and the end lies behind it.
     */
    @Override
    public long end() throws LogUnavailableException {
        if (copies.all() == 1) {
            return told();
        }
        requireOpen();
        try {
            requireSame();
            long before = seen.get();
            long offset = marker.append(List.of(marks.mark()));
            if (offset < before) {
                throw cutOff(offset, before);
            }
            marks.add(offset);
            seen.accumulateAndGet(offset + 1, Math::max);
            return offset + 1;
        } catch (LogTruncatedException e) {
            throw new LogUnavailableException("the log is another one now", e);
        } catch (AppendRefusedException | AppendUnknownException e) {
            throw new LogUnavailableException("Kafka does not confirm where the log ends: " + e.getMessage(), e);
        }
    }

    /** As the leader tells it. */
    private long told() throws LogUnavailableException {
        requireOpen();
        try {
            requireSame();
        } catch (LogTruncatedException e) {
            throw new LogUnavailableException("the log is another one now", e);
        }
        long before = seen.get();
        long end = topic.end();
        if (end < before) {
            throw cutOff(end, before);
        }
        seen.accumulateAndGet(end, Math::max);
        return end;
    }

    private static LogUnavailableException cutOff(long end, long before) {
        return new LogUnavailableException(
                "the log ends at " + end + " now and reached " + before + " before: it was cut or made anew");
    }

    /**
     * Who waits for nothing, as the node that writes, is told of this log's own marks without Kafka, which would cost more than the
     * read that they are for. Who waits gets them with what it waits for.
     */
    @Override
    public List<LogRecord> read(long offset, int mostBytes, Duration wait)
            throws LogTruncatedException, LogUnavailableException {
        long began = System.nanoTime();
        if (wait.isZero()) {
            requireOpen();
            requireSame();
            List<LogRecord> known = marks.take(offset);
            if (!known.isEmpty()) {
                return known;
            }
        }
        synchronized (reading) {
            try {
                return read(offset, mostBytes, wait.toNanos(), began);
            } catch (OffsetOutOfRangeException e) {
                throw new LogTruncatedException("the log does not hold offset " + offset, e);
            } catch (WakeupException e) {
                throw new LogUnavailableException("the log is closed", e);
            } catch (KafkaException e) {
                throw new LogUnavailableException("the log cannot be read at " + offset + ": " + e.getMessage(), e);
            }
        }
    }

    /** Goes on beyond the wait while the log is known to hold more than the offset, for as long as an answer may take. */
    private List<LogRecord> read(long offset, int mostBytes, long waitNanos, long began)
            throws LogTruncatedException, LogUnavailableException {
        long answerNanos = settings.answer().toNanos();
        while (true) {
            requireOpen();
            requireSame(offset);
            long left = waitNanos - (System.nanoTime() - began);
            List<LogRecord> page = reader.read(offset, mostBytes, within(left));
            if (!page.isEmpty()) {
                expected = page.getLast().offset() + 1;
                seen.accumulateAndGet(expected, Math::max);
                return page;
            }
            long passed = System.nanoTime() - began;
            if (passed >= waitNanos) {
                long end = told();
                if (offset == end) {
                    return page;
                }
                if (offset > end) {
                    throw new LogTruncatedException("the log ends at " + end + ", before offset " + offset);
                }
                if (passed >= waitNanos + answerNanos) {
                    throw new LogUnavailableException("Kafka does not answer a read at offset " + offset);
                }
            }
        }
    }

    private static Duration within(long leftNanos) {
        return Duration.ofNanos(Math.clamp(leftNanos, Duration.ofMillis(10).toNanos(), POLL.toNanos()));
    }

    @Override
    public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
        AppendSize.check(values);
        if (closed) {
            throw new AppendRefusedException("the log is closed");
        }
        try {
            requireSame();
        } catch (LogTruncatedException | LogUnavailableException e) {
            throw new AppendRefusedException(String.valueOf(e.getMessage()), e);
        }
        long before = seen.get();
        long first = appender.append(values);
        if (first < before) {
            throw new AppendUnknownException("the records came to offset " + first + ", where the log had reached "
                    + before + " before: it was cut or made anew");
        }
        seen.accumulateAndGet(first + values.size(), Math::max);
        return first;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reader.wakeup();
        synchronized (reading) {
            reader.close();
        }
        appender.close();
        marker.close();
        topic.close();
    }

    private void requireOpen() throws LogUnavailableException {
        if (closed) {
            throw new LogUnavailableException("the log is closed");
        }
    }

    private void requireSame(long offset) throws LogTruncatedException, LogUnavailableException {
        if (offset != expected) {
            checkedNanos = System.nanoTime() - settings.identityCheck().toNanos();
            expected = offset;
        }
        requireSame();
    }

    private void requireSame() throws LogTruncatedException, LogUnavailableException {
        long now = System.nanoTime();
        if (now - checkedNanos < settings.identityCheck().toNanos()) {
            return;
        }
        String found = topic.identity();
        if (!found.equals(opened)) {
            throw new LogTruncatedException("the log was made anew: it is " + found + ", it was " + opened);
        }
        checkedNanos = now;
    }
}
