package io.tidemark.revision.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory, for tests and simulations: what Kafka does to a writer can be done to it on purpose. Several handles, one
 * for each node, share the records; each is closed for itself.
 *
 * <pre>
 *   begin             durable         next
 *     | shown to readers | unflushed     |      late: on its way, lands at next some day
 * </pre>
 */
public final class MemoryLog implements TransactionLog {
    /** What becomes of the next append. */
    public enum Fault {
        /** Nothing is appended, and the writer is told so. */
        REFUSED,
        /** Nothing is appended, and the writer is told that nobody knows. */
        UNKNOWN_LOST,
        /** The records are there, and the writer is told that nobody knows. */
        UNKNOWN_LANDED,
        /** The records are in their place and not flushed: a later append shows them, {@link #losePower} loses them. */
        UNKNOWN_UNFLUSHED,
        /** The records are on their way until {@link #landLate}, which puts them behind what is appended meanwhile. */
        UNKNOWN_LATE
    }

    private final Shared shared;
    private final byte[] key;
    private final String opened;
    private boolean closed;

    /** Guards itself. */
    private static final class Shared {
        private final List<LogRecord> records = new ArrayList<>();
        private final List<List<LogRecord>> late = new ArrayList<>();
        private int generation = 1;
        private long begin;
        private long durable;
        private long next;
        private @Nullable Fault fault;

        private String identity() {
            return "memory/" + generation;
        }

        private long add(List<LogRecord> group) {
            long first = next;
            for (LogRecord record : group) {
                records.add(new LogRecord(next++, record.key(), record.value()));
            }
            return first;
        }

        private void show() {
            durable = next;
            notifyAll();
        }
    }

    /** An empty log. */
    public MemoryLog(byte[] key) {
        this(new Shared(), key);
    }

    private MemoryLog(Shared shared, byte[] key) {
        this.shared = shared;
        this.key = key.clone();
        synchronized (shared) {
            this.opened = shared.identity();
        }
    }

    /** Another handle on the same records, as another node or the next process has it. */
    public MemoryLog again() {
        return new MemoryLog(shared, key);
    }

    /** Does this to the next append, whichever handle it comes from. */
    public void failNext(Fault fault) {
        synchronized (shared) {
            shared.fault = fault;
        }
    }

    /** What was on its way arrives, oldest first. */
    public void landLate() {
        synchronized (shared) {
            shared.late.forEach(shared::add);
            shared.late.clear();
            shared.show();
        }
    }

    /** What was not flushed is gone, and what was on its way never arrives. */
    public void losePower() {
        synchronized (shared) {
            shared.records.removeIf(record -> record.offset() >= shared.durable);
            shared.next = shared.durable;
            shared.late.clear();
        }
    }

    /** Offsets are used up by something that is no record. */
    public void skip(int offsets) {
        synchronized (shared) {
            shared.next += offsets;
            shared.show();
        }
    }

    /** Cuts off what was shown from the offset on: what no log should do. */
    public void cut(long end) {
        synchronized (shared) {
            shared.records.removeIf(record -> record.offset() >= end);
            shared.next = end;
            shared.show();
        }
    }

    /** Deletes the oldest records. */
    public void deleteBefore(long offset) {
        synchronized (shared) {
            shared.records.removeIf(record -> record.offset() < offset);
            shared.begin = offset;
        }
    }

    /** Puts an empty log in the place of this one. */
    public void makeAnew() {
        synchronized (shared) {
            shared.generation++;
            shared.begin = 0;
            cut(0);
        }
    }

    @Override
    public String identity() throws LogUnavailableException {
        synchronized (shared) {
            requireOpen();
            return opened;
        }
    }

    @Override
    public long begin() throws LogUnavailableException {
        synchronized (shared) {
            requireSame();
            return shared.begin;
        }
    }

    @Override
    public long end() throws LogUnavailableException {
        synchronized (shared) {
            requireSame();
            return shared.durable;
        }
    }

    @Override
    public List<LogRecord> read(long offset, int mostBytes, Duration wait)
            throws LogTruncatedException, LogUnavailableException {
        long deadline = System.nanoTime() + wait.toNanos();
        synchronized (shared) {
            while (true) {
                requireOpen();
                requireWithin(offset);
                List<LogRecord> found = from(offset, mostBytes);
                long left = deadline - System.nanoTime();
                if (!found.isEmpty() || left <= 0) {
                    return found;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(shared, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new LogUnavailableException("interrupted while waiting for the log", e);
                }
            }
        }
    }

    @Override
    public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
        AppendSize.check(values);
        synchronized (shared) {
            if (closed || !opened.equals(shared.identity())) {
                throw new AppendRefusedException(closed ? "the log is closed" : "the log is another one now");
            }
            List<LogRecord> group = values.stream()
                    .map(value -> new LogRecord(0, key, value.clone()))
                    .toList();
            Fault fault = shared.fault;
            shared.fault = null;
            if (fault == null) {
                long first = shared.add(group);
                shared.show();
                return first;
            }
            if (fault == Fault.REFUSED) {
                throw new AppendRefusedException("refused on purpose");
            }
            lose(group, fault);
            throw new AppendUnknownException("unknown on purpose: " + fault);
        }
    }

    private void lose(List<LogRecord> group, Fault fault) {
        switch (fault) {
            case REFUSED, UNKNOWN_LOST -> {
                // nothing is there
            }
            case UNKNOWN_LANDED -> {
                shared.add(group);
                shared.show();
            }
            case UNKNOWN_UNFLUSHED -> shared.add(group);
            case UNKNOWN_LATE -> shared.late.add(group);
        }
    }

    @Override
    public void close() {
        synchronized (shared) {
            closed = true;
            shared.notifyAll();
        }
    }

    private List<LogRecord> from(long offset, int mostBytes) {
        List<LogRecord> found = new ArrayList<>();
        long bytes = 0;
        int at = 0;
        int to = shared.records.size();
        while (at < to) {
            int middle = (at + to) >>> 1;
            if (shared.records.get(middle).offset() < offset) {
                at = middle + 1;
            } else {
                to = middle;
            }
        }
        for (; at < shared.records.size() && shared.records.get(at).offset() < shared.durable; at++) {
            bytes += shared.records.get(at).value().length;
            if (bytes > mostBytes && !found.isEmpty()) {
                break;
            }
            found.add(shared.records.get(at));
        }
        return found;
    }

    private void requireOpen() throws LogUnavailableException {
        if (closed) {
            throw new LogUnavailableException("the log is closed");
        }
    }

    private void requireSame() throws LogUnavailableException {
        requireOpen();
        if (!opened.equals(shared.identity())) {
            throw new LogUnavailableException("the log is another one now: " + shared.identity());
        }
    }

    private void requireWithin(long offset) throws LogTruncatedException {
        if (!opened.equals(shared.identity())) {
            throw new LogTruncatedException("the log was made anew: it is " + shared.identity() + ", it was " + opened);
        }
        if (offset < shared.begin || offset > shared.durable) {
            throw new LogTruncatedException(
                    "the log holds offsets from " + shared.begin + " to before " + shared.durable + ", not " + offset);
        }
    }
}
