package io.tidemark.revision.sequencer;

import io.tidemark.revision.encoding.Micros;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendSize;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.LogEntry;
import io.tidemark.revision.log.LogEntry.Barrier;
import io.tidemark.revision.log.LogEntry.Decided;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogTruncatedException;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.log.UnreadableEntryException;
import io.tidemark.revision.machine.Ahead;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.materialize.Materializer;
import io.tidemark.revision.store.Committed;
import io.tidemark.revision.store.Position;
import io.tidemark.revision.store.Projection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The time of one writer at one keyspace, from its barrier until a higher one. Whether it still lasts is told by the log
 * alone: what was appended counts when no higher barrier stands before it. One thread's business.
 */
public final class Tenure {
    private final TransactionLog log;
    private final LogEntryCodec codec;
    private final Projection image;
    private final Machine machine;
    private final InstantSource clock;
    private final Materializer materializer;
    private final Ahead ahead;
    private final UsedSize size;
    private LongConsumer appends = nanos -> {};
    private BooleanSupplier isShort = () -> false;
    private long epoch;

    public Tenure(TransactionLog log, LogEntryCodec codec, Projection image, Machine machine, InstantSource clock) {
        this.log = log;
        this.codec = codec;
        this.image = image;
        this.machine = machine;
        this.clock = clock;
        this.materializer = new Materializer(log, codec, image);
        this.ahead = new Ahead(image);
        this.size = new UsedSize(image);
    }

    /** @param nanos told for each group that is durable */
    public void whenAppended(LongConsumer nanos) {
        appends = nanos;
    }

    /**
     * While the disk is short of room, what adds something is refused as without quota. No alarm is raised: somebody would have to
     * clear it, when room is there again by itself.
     */
    public void refuseWhile(BooleanSupplier diskIsShort) {
        isShort = diskIsShort;
    }

    /**
     * Takes over: the image has all that counts, and a barrier of this writer is the newest one.
     *
     * @param address where other nodes reach this one; empty when there are none
     * @return the epoch
     * @throws LostLogException when that can never be
     * @throws LogUnavailableException and the others: when it is worth trying again
     */
    long begin(String address)
            throws LostLogException, LogUnavailableException, AppendRefusedException, AppendUnknownException {
        ahead.forget();
        try {
            materializer.check();
            materializer.catchUp(log.end());
            long mine = image.position().epoch() + 1;
            long barrier = log.append(List.of(codec.encode(entry(mine, image.revision(), new Barrier(address)))));
            materializer.catchUp(barrier);
            if (image.position().epoch() >= mine) {
                throw new AppendRefusedException("another writer took over at the same time, with epoch "
                        + image.position().epoch());
            }
            materializer.catchUp(barrier + 1);
            epoch = mine;
            return mine;
        } catch (LogTruncatedException | UnreadableEntryException e) {
            throw new LostLogException(e);
        }
    }

    /**
     * Decides on the newest state, what is decided and not yet durable included.
     *
     * @return false when nothing was done, as what it does has no room in the group: to be decided again for the next one
     */
    boolean decide(Submission submission, Group group) {
        Decision decision = decision(submission);
        Transaction made = made(decision);
        if (made != null) {
            LogEntry entry = entry(epoch, made.after(ahead.revision()), new Decided(made));
            byte[] record = codec.encode(entry);
            if (record.length > AppendSize.VALUE_BYTES_MAX) {
                decision = new Decision.Refuse(Refusal.REQUEST_TOO_LARGE);
            } else if (group.fits(record)) {
                ahead.add(made);
                group.add(new Committed(made, entry.timeMicros()), record);
                size.grew(record.length);
            } else {
                return false;
            }
        }
        submission.decided(decision);
        group.add(submission);
        return true;
    }

    private Decision decision(Submission submission) {
        Command command = submission.command();
        return isShort.getAsBoolean() && Machine.adds(command)
                ? new Decision.Refuse(Refusal.NO_SPACE)
                : machine.decide(ahead, command, submission.asker(), used(command));
    }

    private static @Nullable Transaction made(Decision decision) {
        return switch (decision) {
            case Decision.Commit commit -> commit.transaction();
            case Decision.Alert alert -> alert.transaction();
            case Decision.Tell tell -> null;
            case Decision.Refuse refuse -> null;
        };
    }

    /** Before anybody is told that there is no room, one looks whether some became free. */
    private long used(Command command) {
        long used = size.estimate();
        return machine.fits(command, used) || !ahead.alarms().all().isEmpty() ? used : size.measure();
    }

    /**
     * Makes a group durable, and applies it.
     *
     * @throws AppendUnknownException when it is not known whether it counts
     */
    void append(Group group) throws AppendRefusedException, AppendUnknownException {
        if (group.records().isEmpty()) {
            ahead.forget();
            return;
        }
        long began = System.nanoTime();
        long first = log.append(group.records());
        appends.accept(System.nanoTime() - began);
        if (first != image.position().nextOffset()) {
            readBetween(first);
        }
        // nothing stands between what is applied and this: it is what one would read back
        long end = first + group.records().size();
        image.apply(
                group.transactions(),
                new Position(
                        end, epoch, image.position().log(), image.position().writer()),
                ahead.lookedUp());
        ahead.forget();
    }

    /** Marks of those who read, or what ends this tenure. */
    private void readBetween(long first) throws AppendUnknownException {
        readBack(first);
        long applied = image.position().nextOffset();
        if (applied != first) {
            throw new AppendUnknownException("a group came to offset " + first + ", and what is before offset "
                    + applied + " was applied before");
        }
    }

    /**
     * This node does not write: it applies what others do.
     *
     * @throws LostLogException when the image is not of this log
     */
    void arrive() throws LostLogException, LogUnavailableException {
        ahead.forget();
        try {
            materializer.check();
        } catch (LogTruncatedException e) {
            throw new LostLogException(e);
        }
    }

    /** Applies what there is, and waits so long for something when there is nothing. */
    void follow(Duration wait) throws LostLogException, LogUnavailableException {
        try {
            materializer.follow(wait);
        } catch (LogTruncatedException | UnreadableEntryException e) {
            throw new LostLogException(e);
        }
    }

    /**
     * Applies what others put into the log before an offset.
     *
     * @throws AppendUnknownException when one of them took over
     */
    void readBack(long end) throws AppendUnknownException {
        try {
            materializer.catchUp(end);
        } catch (LogTruncatedException | LogUnavailableException | UnreadableEntryException e) {
            throw new AppendUnknownException("what is in the log cannot be read: " + e.getMessage(), e);
        }
        if (image.position().epoch() != epoch) {
            throw new AppendUnknownException("another writer took over with epoch "
                    + image.position().epoch() + ", before or behind what was appended");
        }
    }

    List<Lease> leases() {
        return image.leases();
    }

    /** Whether no higher barrier was seen. */
    boolean isNewest() {
        return image.position().epoch() <= epoch;
    }

    /** Where the newest writer is reached. */
    String writer() {
        return image.position().writer();
    }

    long revision() {
        return image.revision();
    }

    private LogEntry entry(long writer, long revision, LogEntry.Content content) {
        return new LogEntry(writer, Micros.of(clock.instant()), revision, content);
    }
}
