package io.tidemark.tests.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.tidemark.revision.etcd.Answers;
import io.tidemark.revision.etcd.Headers;
import io.tidemark.revision.etcd.Requests;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LeaseRevokeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.machine.Answer.Alarmed;
import io.tidemark.revision.machine.Answer.Deleted;
import io.tidemark.revision.machine.Answer.Done;
import io.tidemark.revision.machine.Answer.Granted;
import io.tidemark.revision.machine.Answer.Plain;
import io.tidemark.revision.machine.Answer.Ranged;
import io.tidemark.revision.machine.Answer.Written;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Command.Bounds;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Sort;
import io.tidemark.revision.machine.Transaction;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pure machine behind the etcd API: what it decides is applied at once. */
final class MachineEndpoint implements EtcdEndpoint {
    /** Elements of an answer as they are stored, and the rest of it. */
    record Listed(List<ByteBuffer> chunks, boolean more, long count) {}

    /** Where the keyspace is kept. */
    interface Kept extends AutoCloseable {
        Keyspace keyspace();

        void apply(Transaction transaction);

        /** A list of newest or older versions in their natural order, as stored; null when it is not kept as bytes. */
        @Nullable
        Listed list(Range range);

        @Override
        void close();
    }

    static final Set<String> METHODS = Set.of(
            "etcdserverpb.KV/Range",
            "etcdserverpb.KV/Put",
            "etcdserverpb.KV/DeleteRange",
            "etcdserverpb.KV/Txn",
            "etcdserverpb.KV/Compact",
            "etcdserverpb.Lease/LeaseGrant",
            "etcdserverpb.Lease/LeaseRevoke");

    private static final Bounds NO_BOUNDS = new Bounds(0, 0, 0, 0);

    private final Machine machine = new Machine(Limits.ETCD, 1);
    private final Answers answers = new Answers(new Headers(1, 1, () -> 1));
    private final Kept kept;

    MachineEndpoint(Kept kept) {
        this.kept = kept;
    }

    @Override
    public Answer call(String method, byte[] request) {
        try {
            return decide(command(method, request), method);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(method + " with unreadable bytes", e);
        }
    }

    private static Command command(String method, byte[] request) throws InvalidProtocolBufferException {
        return switch (method) {
            case "etcdserverpb.KV/Range" -> Requests.command(RangeRequest.parseFrom(request));
            case "etcdserverpb.KV/Put" -> Requests.command(PutRequest.parseFrom(request));
            case "etcdserverpb.KV/DeleteRange" -> Requests.command(DeleteRangeRequest.parseFrom(request));
            case "etcdserverpb.KV/Txn" -> Requests.command(TxnRequest.parseFrom(request));
            case "etcdserverpb.KV/Compact" ->
                new Command.Compact(CompactionRequest.parseFrom(request).getRevision());
            case "etcdserverpb.Lease/LeaseGrant" -> {
                LeaseGrantRequest grant = LeaseGrantRequest.parseFrom(request);
                yield new Command.Grant(grant.getID(), grant.getTTL(), 1_000);
            }
            case "etcdserverpb.Lease/LeaseRevoke" ->
                new Command.Revoke(LeaseRevokeRequest.parseFrom(request).getID());
            default -> throw new IllegalArgumentException("no command of the machine: " + method);
        };
    }

    private Answer decide(Command command, String method) {
        Decision decision = machine.decide(kept.keyspace(), command);
        if (decision instanceof Decision.Tell && command instanceof Range range && isPlain(range)) {
            Listed list = kept.list(range);
            if (list != null) {
                return bytes(list);
            }
        }
        return switch (decision) {
            case Decision.Refuse refuse ->
                new Answer.Refusal(
                        Status.Code.valueOf(refuse.refusal().kind().name()),
                        refuse.refusal().text());
            case Decision.Alert alert -> throw new IllegalStateException("there is room, found " + alert);
            case Decision.Tell tell -> bytes(tell.answer(), method);
            case Decision.Commit commit -> {
                kept.apply(commit.transaction());
                yield bytes(commit.answer(), method);
            }
        };
    }

    /** Nothing is left out, and all is in the order in which it is kept. */
    private static boolean isPlain(Range range) {
        boolean natural =
                range.sort().target() == Sort.Target.KEY && range.sort().order() != Sort.Order.DESCEND;
        return natural && range.bounds().equals(NO_BOUNDS) && !range.keysOnly() && !range.countOnly();
    }

    private Answer bytes(Listed list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(answers.range(new Ranged(kept.keyspace().revision(), List.of(), list.more(), list.count()))
                .toByteArray());
        list.chunks().forEach(chunk -> bytes.write(chunk.array(), chunk.position(), chunk.remaining()));
        return new Answer.Bytes(bytes.toByteArray());
    }

    private Answer bytes(io.tidemark.revision.machine.Answer answer, String method) {
        return new Answer.Bytes(message(answer, method).toByteArray());
    }

    private Message message(io.tidemark.revision.machine.Answer answer, String method) {
        return switch (answer) {
            case Ranged ranged -> answers.range(ranged);
            case Written written -> answers.put(written);
            case Deleted deleted -> answers.deleteRange(deleted);
            case Done done -> answers.txn(done);
            case Granted granted -> answers.leaseGrant(granted);
            case Alarmed alarmed -> throw new IllegalStateException("nobody asked for alarms: " + alarmed);
            case Plain plain -> method.endsWith("LeaseRevoke") ? answers.leaseRevoke(plain) : answers.compaction(plain);
        };
    }
}
