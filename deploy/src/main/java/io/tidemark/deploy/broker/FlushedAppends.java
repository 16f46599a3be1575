package io.tidemark.deploy.broker;

import io.tidemark.revision.log.LogUnavailableException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogOffsetMetadata;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/**
 * Appends batches to one log of the embedded broker, and flushes each before a reader can see it.
 *
 * <pre>
 *   flush.messages off, append, flush.messages on     in the page cache, behind the high watermark
 *   flush of the file of records                      on disk
 *   the high watermark moves                          seen, in this process and over the network
 * </pre>
 *
 * The topic's {@code flush.messages=1}, which holds for whoever appends over the network, flushes the log's two indexes with
 * each batch. They are mapped files: Linux flushes the disk's cache for each of them, whether there is news in it or not,
 * which is half of what a small batch takes (ADR 0010). At a start after a kill or a loss of power the broker makes the newest
 * file's indexes anew from its records, so they are flushed only when the next file was begun.
 *
 * <p>A batch that comes over the network while the setting is off, which is some microseconds, is flushed with ours, but may
 * be answered just before.
 */
@SuppressWarnings("ReferenceEquality") // settings are replaced as a whole
final class FlushedAppends {
    private final UnifiedLog log;
    /** As the topic has it, and the same without the flush; both are guarded by the log. */
    private LogConfig flushing;

    private LogConfig plain;

    /** @throws LogUnavailableException when the topic does not flush each batch */
    FlushedAppends(UnifiedLog log) throws LogUnavailableException {
        this.log = log;
        synchronized (log) {
            this.flushing = log.config();
            this.plain = withoutFlush(flushing);
            requireFlush();
        }
    }

    /**
     * Appends one batch; it is on disk, and below the high watermark, when this returns.
     *
     * @return the offset of its first record
     * @throws LogUnavailableException when the topic does not flush each batch now; nothing was appended
     * @throws KafkaStorageException when the disk fails: whether the batch is there is unknown, and the broker goes down
     * @throws org.apache.kafka.common.errors.ApiException for a batch that the broker refuses
     */
    long append(MemoryRecords batch, int leaderEpoch) throws LogUnavailableException, IOException {
        // several keyspaces' writers have logs of their own; a writer and the one it replaced may meet in one
        synchronized (log) {
            if (log.config() != flushing) { // the topic's settings were changed
                flushing = log.config();
                plain = withoutFlush(flushing);
            }
            requireFlush();
            long file = log.activeSegment().baseOffset();
            long first = appendUnflushed(batch, leaderEpoch);
            LogOffsetMetadata end = log.logEndOffsetMetadata();
            flush(file);
            log.maybeIncrementHighWatermark(end);
            return first;
        }
    }

    private long appendUnflushed(MemoryRecords batch, int leaderEpoch) throws IOException {
        log.updateConfig(plain);
        try {
            return log.appendAsLeader(batch, leaderEpoch, AppendOrigin.CLIENT).firstOffset();
        } finally {
            if (log.config() == plain) {
                log.updateConfig(flushing);
            }
        }
    }

    /** A disk that failed to flush once may tell of success the next time, with the records gone: the broker must end. */
    private void flush(long fileBefore) {
        LogSegment active = log.activeSegment();
        if (active.baseOffset() != fileBefore) {
            log.flush(true); // the folder, too, which has a new file
            return;
        }
        try {
            active.log().flush();
        } catch (IOException e) {
            String what = "the newest records of " + log.topicPartition() + " cannot be flushed";
            log.logDirFailureChannel().maybeAddOfflineLogDir(log.parentDir(), what, e);
            throw new KafkaStorageException(what, e);
        }
    }

    private void requireFlush() throws LogUnavailableException {
        if (flushing.flushInterval != 1) {
            throw new LogUnavailableException("topic " + log.topicPartition().topic() + " has flush.messages="
                    + flushing.flushInterval + "; with 1 alone everything that is answered survives a loss of power");
        }
    }

    private static LogConfig withoutFlush(LogConfig flushing) {
        Map<String, Object> settings = new HashMap<>(flushing.originals());
        settings.put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, Long.MAX_VALUE);
        return new LogConfig(settings, flushing.overriddenConfigs);
    }
}
