package io.tidemark.deploy.broker;

import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendSize;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.LogTruncatedException;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace's log on the embedded broker, appended and read in this process. A group is one batch, so it is in the log
 * whole or not at all, and {@link #append} returns after its flush. Batches are not compressed: versions of small objects
 * gain little, and the CPU is what writes are short of.
 */
final class EmbeddedLog implements TransactionLog {
    private final BrokerPartition partition;
    private final String identity;
    private final byte[] key;
    /** Guards nothing but the waiting for its own signals. */
    private final Object changed = new Object();

    private volatile boolean closed;

    EmbeddedLog(BrokerPartition partition, String clusterId, byte[] key) {
        this.partition = partition;
        this.identity =
                clusterId + "/" + partition.topicId() + "/" + partition.name().partition();
        this.key = key.clone();
        partition.listen(this::signal);
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public long begin() throws LogUnavailableException {
        requireOpen();
        try {
            return partition.begin();
        } catch (LogTruncatedException e) {
            throw new LogUnavailableException("the log is another one now", e);
        }
    }

    @Override
    public long end() throws LogUnavailableException {
        requireOpen();
        try {
            return partition.end();
        } catch (LogTruncatedException e) {
            throw new LogUnavailableException("the log is another one now", e);
        }
    }

    @Override
    public List<LogRecord> read(long offset, int mostBytes, Duration wait)
            throws LogTruncatedException, LogUnavailableException {
        requireOpen();
        long deadline = System.nanoTime() + wait.toNanos();
        long next = offset;
        try {
            requireWithin(offset);
            while (awaitMoreThan(next, deadline)) {
                Page page = page(next, mostBytes);
                if (!page.records.isEmpty()) {
                    return page.records;
                }
                next = page.next;
            }
            return List.of();
        } catch (OffsetOutOfRangeException e) {
            throw new LogTruncatedException("the log does not hold offset " + offset, e);
        } catch (IOException | KafkaException e) {
            throw new LogUnavailableException("the log cannot be read at offset " + next + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
        AppendSize.check(values);
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new AppendRefusedException(closed ? "the log is closed" : "this thread was interrupted before");
        }
        SimpleRecord[] records =
                values.stream().map(value -> new SimpleRecord(0, key, value)).toArray(SimpleRecord[]::new);
        MemoryRecords batch = MemoryRecords.withRecords(Compression.NONE, records);
        try {
            return partition.append(batch);
        } catch (LogUnavailableException | LogTruncatedException e) {
            throw new AppendRefusedException(String.valueOf(e.getMessage()), e);
        } catch (RecordTooLargeException
                | RecordBatchTooLargeException
                | CorruptRecordException
                | InvalidRecordException e) { // told before the log is touched
            throw new AppendRefusedException("the embedded broker refused the batch: " + e, e);
        } catch (RuntimeException | IOException e) {
            throw new AppendUnknownException("the embedded broker did not confirm: " + e, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        signal();
    }

    private void requireOpen() throws LogUnavailableException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new LogUnavailableException(closed ? "the log is closed" : "this thread was interrupted before");
        }
    }

    private void requireWithin(long offset) throws LogTruncatedException, LogUnavailableException {
        long begin = partition.begin();
        long end = partition.end();
        if (offset < begin || offset > end) {
            throw new LogTruncatedException(
                    "the log holds offsets from " + begin + " to before " + end + ", not " + offset);
        }
    }

    /** False when there is nothing behind the offset until the deadline. */
    private boolean awaitMoreThan(long offset, long deadline) throws LogTruncatedException, LogUnavailableException {
        if (partition.end() > offset) {
            return true;
        }
        try {
            synchronized (changed) {
                while (!closed && partition.end() <= offset) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(changed, left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted while waiting for the log", e);
        }
        requireOpen();
        return true;
    }

    private void signal() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    /**
     * What one look into the log brought.
     *
     * @param next where to look on
     */
    private record Page(List<LogRecord> records, long next) {}

    private Page page(long offset, int mostBytes) throws LogTruncatedException, LogUnavailableException, IOException {
        List<LogRecord> records = new ArrayList<>();
        long next = offset;
        long bytes = 0;
        for (RecordBatch batch : partition.read(offset, mostBytes).batches()) {
            batch.ensureValid();
            for (Record record : batch.isControlBatch() ? List.<Record>of() : batch) {
                if (record.offset() >= offset) {
                    bytes += Math.max(0, record.valueSize());
                    if (bytes > mostBytes && !records.isEmpty()) {
                        return new Page(records, record.offset());
                    }
                    records.add(new LogRecord(record.offset(), array(record.key()), array(record.value())));
                }
            }
            next = batch.nextOffset();
        }
        return new Page(records, next);
    }

    /** Foreign records may lack a part: who decodes them tells. */
    private static byte[] array(@Nullable ByteBuffer part) {
        return part == null ? new byte[0] : Utils.toArray(part);
    }
}
