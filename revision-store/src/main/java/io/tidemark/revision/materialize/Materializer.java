package io.tidemark.revision.materialize;

import io.tidemark.revision.log.LogEntry;
import io.tidemark.revision.log.LogEntry.Barrier;
import io.tidemark.revision.log.LogEntry.Decided;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.LogTruncatedException;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.log.UnreadableEntryException;
import io.tidemark.revision.store.Committed;
import io.tidemark.revision.store.Position;
import io.tidemark.revision.store.Projection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies a log to an image, and knows who may write:
 *
 * <pre>
 *   offset  epoch
 *   7       1      a = "x"          applied
 *   8       2      barrier          from here on epoch 2 writes
 *   9       1      a = "y"          not applied: a writer that did not know yet
 *   10      2      a = "z"          applied
 * </pre>
 *
 * Every reader does the same, so none shows what another does not. Of two barriers with one epoch the first counts. A mark
 * ({@link LogEntryCodec#mark}) is a barrier with epoch 0, which is nobody's. One thread's business.
 */
public final class Materializer {
    private static final int READ_BYTES = 4 * 1024 * 1024;

    private final TransactionLog log;
    private final LogEntryCodec codec;
    private final Projection image;

    public Materializer(TransactionLog log, LogEntryCodec codec, Projection image) {
        this.log = log;
        this.codec = codec;
        this.image = image;
    }

    /**
     * The image must have been made from this log, and the log must still hold what the image lacks.
     *
     * @throws LogTruncatedException when that is not so
     */
    public void check() throws LogTruncatedException, LogUnavailableException {
        Position applied = image.position();
        String identity = log.identity();
        if (!applied.log().isEmpty() && !applied.log().equals(identity)) {
            throw new LogTruncatedException("the image was made from the log " + applied.log() + ", and this one is "
                    + identity + ": the topic was deleted and made anew");
        }
        long begin = log.begin();
        if (applied.nextOffset() < begin) {
            throw new LogTruncatedException("the image lacks what begins at offset " + applied.nextOffset()
                    + ", and the log begins at " + begin);
        }
        long end = log.end();
        if (applied.nextOffset() > end) {
            throw new LogTruncatedException("the image has everything before offset " + applied.nextOffset()
                    + ", and the log ends at " + end + ": records that were durable are gone");
        }
    }

    /** Applies everything before an offset that was the log's end at some time, and nothing from there on. */
    public void catchUp(long end) throws LogTruncatedException, LogUnavailableException, UnreadableEntryException {
        String identity = log.identity();
        while (image.position().nextOffset() < end) {
            List<LogRecord> records = log.read(image.position().nextOffset(), READ_BYTES, Duration.ZERO);
            if (records.isEmpty()) {
                throw new LogUnavailableException("the log told of records before offset " + end
                        + " and does not show those from " + image.position().nextOffset() + " on");
            }
            apply(records.stream().filter(record -> record.offset() < end).toList(), identity, end);
        }
    }

    /** Applies what there is; waits for something when there is nothing. */
    public void follow(Duration wait) throws LogTruncatedException, LogUnavailableException, UnreadableEntryException {
        String identity = log.identity();
        List<LogRecord> records = log.read(image.position().nextOffset(), READ_BYTES, wait);
        if (!records.isEmpty()) {
            apply(records, identity, records.getLast().offset() + 1);
        }
    }

    /** @param end behind them when they are none: the log has no more records before it */
    private void apply(List<LogRecord> records, String identity, long end) throws UnreadableEntryException {
        long epoch = image.position().epoch();
        String writer = image.position().writer();
        List<Committed> transactions = new ArrayList<>(records.size());
        for (LogRecord record : records) {
            LogEntry entry = codec.decode(record);
            switch (entry.content()) {
                case Barrier barrier -> {
                    if (entry.epoch() > epoch) {
                        epoch = entry.epoch();
                        writer = barrier.writer();
                    }
                }
                case Decided decided -> {
                    if (entry.epoch() >= epoch) {
                        transactions.add(new Committed(decided.transaction(), entry.timeMicros()));
                    }
                }
            }
        }
        long next = records.isEmpty() ? end : records.getLast().offset() + 1;
        image.apply(transactions, new Position(next, epoch, identity, writer));
    }
}
