package io.tidemark.revision.log;

import io.tidemark.revision.encoding.AuthRecords;
import io.tidemark.revision.encoding.KeyValueBytes;
import io.tidemark.revision.encoding.Micros;
import io.tidemark.revision.log.LogEntry.Barrier;
import io.tidemark.revision.log.LogEntry.Content;
import io.tidemark.revision.log.LogEntry.Decided;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Change.Delete;
import io.tidemark.revision.machine.Transaction.Change.Put;
import io.tidemark.revision.machine.Transaction.Cleared;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Granted;
import io.tidemark.revision.machine.Transaction.Raised;
import io.tidemark.revision.machine.Transaction.Write;
import io.tidemark.schema.kv.AlarmCleared;
import io.tidemark.schema.kv.AlarmRaised;
import io.tidemark.schema.kv.Change;
import io.tidemark.schema.kv.KeyspaceKey;
import io.tidemark.schema.kv.KvTransaction;
import io.tidemark.schema.kv.LeaseEnded;
import io.tidemark.schema.kv.LeaseGranted;
import io.tidemark.schema.kv.LoadedChange;
import io.tidemark.schema.kv.LoadedRevision;
import io.tidemark.topic.AvroBinary;
import io.tidemark.topic.AvroCodec;
import io.tidemark.topic.Topics;
import io.tidemark.topic.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one keyspace's log to records of {@link Topics#KV_TRANSACTIONS} and back. Safe for use by several threads.
 *
 * <p>A version of a key stands in the record as {@link KeyValueBytes}. Of a deleted key these are {@code key} and {@code
 * mod_revision} alone: {@code a} deleted at revision 3 is {@code 0a 01 61  18 03}.
 */
public final class LogEntryCodec {
    /** Longest name of a keyspace, bytes of UTF-8: {@link AppendSize} counts on it. */
    public static final int NAME_BYTES_MAX = 63;

    private static final byte[] NOTHING = {};

    private final String keyspace;
    private final AvroCodec<KvTransaction> records = Topics.KV_TRANSACTIONS.value();
    private final byte[] key;

    public LogEntryCodec(String keyspace) {
        int bytes = keyspace.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the name of a keyspace has 1 to " + NAME_BYTES_MAX + " bytes, found " + bytes + ": " + keyspace);
        }
        this.keyspace = keyspace;
        this.key = Topics.KV_TRANSACTIONS.key().encode(new KeyspaceKey(keyspace));
    }

    /** The key of every record of this keyspace; a copy. */
    public byte[] key() {
        return key.clone();
    }

    /** The value of a record that does nothing: who appends one and reads it back has seen all before it. */
    public byte[] mark() {
        return encode(new LogEntry(0, 0, 0, new Barrier("")));
    }

    /** The value of the entry's record. */
    public byte[] encode(LogEntry entry) {
        return records.encode(new KvTransaction(
                entry.epoch(), Micros.at(entry.timeMicros()), entry.revision(), content(entry.content())));
    }

    /**
     * Decodes a record.
     *
     * @throws UnreadableEntryException when it is none of this keyspace, or not what its contract says
     */
    public LogEntry decode(LogRecord record) throws UnreadableEntryException {
        if (!Arrays.equals(record.key(), key)) {
            throw new UnreadableEntryException(record.offset(), otherKey(record.key()));
        }
        try {
            KvTransaction read = records.decode(record.value());
            return new LogEntry(
                    read.getEpoch(), Micros.of(read.getCommittedMicros()), read.getRevision(), content(read));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            throw new UnreadableEntryException(record.offset(), String.valueOf(e.getMessage()), e);
        }
    }

    private static long committed(LoadedRevision revision) {
        Instant time = revision.getCommittedMicros();
        return time == null ? 0 : Micros.of(time);
    }

    private String otherKey(byte[] found) {
        try {
            return "it is of keyspace '"
                    + Topics.KV_TRANSACTIONS.key().decode(found).getKeyspace() + "', not '" + keyspace
                    + "'; the order of the configured keyspaces must stay as it was";
        } catch (UnreadableRecordException e) {
            return "its key names no keyspace: " + e.getMessage();
        }
    }

    private static Object content(Content content) {
        return switch (content) {
            case Barrier barrier -> new io.tidemark.schema.kv.Barrier(barrier.writer());
            case Decided decided -> content(decided.transaction());
        };
    }

    private static Object content(Transaction transaction) {
        return switch (transaction) {
            case Write write -> write(write);
            case Compacted compacted -> new io.tidemark.schema.kv.Compacted(compacted.revision());
            case Granted granted ->
                new LeaseGranted(granted.lease().id(), granted.lease().ttlSeconds());
            case Ended ended -> new LeaseEnded(ended.lease());
            case Raised raised ->
                new AlarmRaised(raised.alarm().member(), raised.alarm().kind());
            case Cleared cleared ->
                new AlarmCleared(cleared.alarm().member(), cleared.alarm().kind());
            case Loaded loaded -> loaded(loaded);
            case AuthChanged changed -> AuthRecords.record(changed);
        };
    }

    private static io.tidemark.schema.kv.Write write(Write write) {
        List<Change> changes = new ArrayList<>(write.changes().size());
        for (Transaction.Change change : write.changes()) {
            changes.add(change(change, write.revision()));
        }
        return new io.tidemark.schema.kv.Write(changes, write.endedLease() == 0 ? null : write.endedLease());
    }

    private static io.tidemark.schema.kv.Loaded loaded(Loaded loaded) {
        List<LoadedRevision> revisions = new ArrayList<>(loaded.revisions().size());
        for (Loaded.Revision next : loaded.revisions()) {
            List<LoadedChange> changes = new ArrayList<>(next.changes().size());
            for (int at = 0; at < next.changes().size(); at++) {
                Change change = change(next.changes().get(at), next.revision());
                changes.add(new LoadedChange(next.subs().get(at), change.getDelete(), change.getKeyValue()));
            }
            revisions.add(
                    new LoadedRevision(next.revision(), changes, next.micros() == 0 ? null : Micros.at(next.micros())));
        }
        return new io.tidemark.schema.kv.Loaded(revisions, loaded.compactRevision());
    }

    private static Change change(Transaction.Change change, long revision) {
        return switch (change) {
            case Put put -> new Change(false, ByteBuffer.wrap(KeyValueBytes.encode(put.kv())));
            case Delete delete -> new Change(true, ByteBuffer.wrap(deleted(delete, revision)));
        };
    }

    private static byte[] deleted(Delete delete, long revision) {
        return KeyValueBytes.encode(new KeyValue(delete.key(), 0, revision, 0, NOTHING, 0));
    }

    private static Content content(KvTransaction read) {
        return switch (read.getContent()) {
            case io.tidemark.schema.kv.Write write -> new Decided(write(write, read.getRevision()));
            case io.tidemark.schema.kv.Compacted compacted ->
                new Decided(new Compacted(compacted.getCompactRevision()));
            case LeaseGranted granted ->
                new Decided(new Granted(new Lease(granted.getLease(), granted.getTtlSeconds())));
            case LeaseEnded ended -> new Decided(new Ended(ended.getLease()));
            case AlarmRaised raised -> new Decided(new Raised(new Alarm(raised.getMember(), raised.getKind())));
            case AlarmCleared cleared -> new Decided(new Cleared(new Alarm(cleared.getMember(), cleared.getKind())));
            case io.tidemark.schema.kv.Loaded loaded -> new Decided(loaded(loaded));
            case io.tidemark.schema.kv.AuthChanged changed -> new Decided(AuthRecords.change(changed));
            case io.tidemark.schema.kv.Barrier barrier -> new Barrier(barrier.getWriter());
            default ->
                throw new IllegalArgumentException(
                        "unknown content " + read.getContent().getClass().getName());
        };
    }

    private static Write write(io.tidemark.schema.kv.Write read, long revision) {
        List<Transaction.Change> changes = new ArrayList<>(read.getChanges().size());
        for (Change change : read.getChanges()) {
            changes.add(change(change.getDelete(), change.getKeyValue(), revision));
        }
        @Nullable Long endedLease = read.getEndedLease();
        return new Write(revision, changes, endedLease == null ? 0 : endedLease);
    }

    private static Loaded loaded(io.tidemark.schema.kv.Loaded read) {
        List<Loaded.Revision> revisions = new ArrayList<>(read.getRevisions().size());
        for (LoadedRevision next : read.getRevisions()) {
            List<Transaction.Change> changes = new ArrayList<>(next.getChanges().size());
            List<Integer> subs = new ArrayList<>(next.getChanges().size());
            for (LoadedChange change : next.getChanges()) {
                changes.add(change(change.getDelete(), change.getKeyValue(), next.getRevision()));
                subs.add(change.getSub());
            }
            revisions.add(new Loaded.Revision(next.getRevision(), changes, subs, committed(next)));
        }
        return new Loaded(revisions, read.getCompactRevision());
    }

    private static Transaction.Change change(boolean delete, ByteBuffer bytes, long revision) {
        KeyValue kv = KeyValueBytes.decode(AvroBinary.bytes(bytes));
        if (kv.modRevision() != revision) {
            throw new IllegalArgumentException(
                    "key " + kv.key() + " was written at revision " + kv.modRevision() + " in a write at " + revision);
        }
        return delete ? new Delete(kv.key()) : new Put(kv);
    }
}
