package io.tidemark.revision.sequencer;

import io.tidemark.revision.log.AppendSize;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Granted;
import io.tidemark.revision.machine.Transaction.Write;
import io.tidemark.revision.store.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Requests that were decided one after the other, and the records of what they do: appended together. */
final class Group {
    private final List<Submission> submissions = new ArrayList<>();
    private final List<Committed> transactions = new ArrayList<>();
    private final List<byte[]> records = new ArrayList<>();
    private final long most;
    private long bytes;

    /** @param most bytes of all records together; a larger one goes alone */
    Group(long most) {
        this.most = most;
    }

    boolean fits(byte[] record) {
        return records.isEmpty() || bytes + AppendSize.of(record) <= most;
    }

    void add(Submission decided) {
        submissions.add(decided);
    }

    void add(Committed transaction, byte[] record) {
        transactions.add(transaction);
        records.add(record);
        bytes += AppendSize.of(record);
    }

    List<Committed> transactions() {
        return transactions;
    }

    List<byte[]> records() {
        return records;
    }

    /** All of it is durable and applied. */
    void tell() {
        submissions.forEach(Submission::tell);
    }

    void leases(Consumer<Lease> granted, Consumer<Long> ended) {
        for (Committed committed : transactions) {
            switch (committed.transaction()) {
                case Granted grant -> granted.accept(grant.lease());
                case Ended end -> ended.accept(end.lease());
                case Write write -> {
                    if (write.endedLease() != 0) {
                        ended.accept(write.endedLease());
                    }
                }
                case Transaction.Compacted compacted -> {
                    // no lease has to do with history
                }
                case Transaction.Raised raised -> {
                    // nor with alarms
                }
                case Transaction.Cleared cleared -> {
                    // nor with their end
                }
                case Loaded loaded -> {
                    // those of a history are granted when all of it is there
                }
                case AuthChanged changed -> {
                    // nor with users
                }
            }
        }
    }
}
