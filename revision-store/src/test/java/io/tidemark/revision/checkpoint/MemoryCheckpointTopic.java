package io.tidemark.revision.checkpoint;

import io.tidemark.revision.log.LogRecord;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A topic of checkpoints in memory, for tests: what a disk or a network does to records can be done to these on purpose. */
public final class MemoryCheckpointTopic implements CheckpointTopic {
    private static final int AT_ONCE = 3;

    private final byte[] key;
    private final NavigableMap<Long, byte[]> records = new TreeMap<>();
    private final AtomicLong begin = new AtomicLong();
    private long next;
    private long failing = Long.MAX_VALUE;
    private Runnable appended = () -> {};
    private UnaryOperator<byte[]> reading = value -> value;

    public MemoryCheckpointTopic(byte[] key) {
        this.key = key.clone();
    }

    /** What happens each time that a record was appended. */
    void whenAppended(Runnable action) {
        appended = action;
    }

    /** What becomes of each value that is read from now on. */
    void whenRead(UnaryOperator<byte[]> change) {
        reading = change;
    }

    /** So many more records are taken; then it does not answer any more, until this is called again. */
    void failAfter(long more) {
        failing = more;
    }

    /** Puts another value in the place of one. */
    void change(long offset, UnaryOperator<byte[]> change) {
        records.computeIfPresent(offset, (at, value) -> change.apply(value.clone()));
    }

    /** A record is gone, and its offset stays empty. */
    void lose(long offset) {
        records.remove(offset);
    }

    @Override
    public long begin() {
        return begin.get();
    }

    @Override
    public long end() {
        return next;
    }

    @Override
    public long append(byte[] value) throws CheckpointsUnavailableException {
        if (failing <= 0) {
            throw new CheckpointsUnavailableException("not now");
        }
        failing--;
        records.put(next, value.clone());
        appended.run();
        return next++;
    }

    @Override
    public List<LogRecord> read(long offset) throws CheckpointsUnavailableException {
        if (offset < begin.get() || records.tailMap(offset).isEmpty()) {
            throw new CheckpointsUnavailableException("nothing at " + offset);
        }
        return records.tailMap(offset).entrySet().stream()
                .limit(AT_ONCE)
                .map(record -> new LogRecord(
                        record.getKey(), key, reading.apply(record.getValue().clone())))
                .toList();
    }

    @Override
    public void removeBefore(long offset) {
        begin.set(offset);
        records.headMap(offset).clear();
    }

    @Override
    public void close() {
        // tests look into it afterwards
    }
}
