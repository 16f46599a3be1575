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
import io.tidemark.revision.machine.Answer.Deleted;
import io.tidemark.revision.machine.Answer.Done;
import io.tidemark.revision.machine.Answer.Granted;
import io.tidemark.revision.machine.Answer.Plain;
import io.tidemark.revision.machine.Answer.Ranged;
import io.tidemark.revision.machine.Answer.Written;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.MemoryKeyspace;
import java.util.Set;

/** The pure machine behind the etcd API: what it decides is applied at once, to a keyspace in memory. */
final class MachineEndpoint implements EtcdEndpoint {
    static final Set<String> METHODS = Set.of(
            "etcdserverpb.KV/Range",
            "etcdserverpb.KV/Put",
            "etcdserverpb.KV/DeleteRange",
            "etcdserverpb.KV/Txn",
            "etcdserverpb.KV/Compact",
            "etcdserverpb.Lease/LeaseGrant",
            "etcdserverpb.Lease/LeaseRevoke");

    private final Machine machine = new Machine(Limits.ETCD);
    private final Answers answers = new Answers(new Headers(1, 1, () -> 1));
    private final MemoryKeyspace keyspace = new MemoryKeyspace();

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
        return switch (machine.decide(keyspace, command)) {
            case Decision.Refuse refuse ->
                new Answer.Refusal(
                        Status.Code.valueOf(refuse.refusal().kind().name()),
                        refuse.refusal().text());
            case Decision.Tell tell -> bytes(tell.answer(), method);
            case Decision.Commit commit -> {
                keyspace.apply(commit.transaction());
                yield bytes(commit.answer(), method);
            }
        };
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
            case Plain plain -> method.endsWith("LeaseRevoke") ? answers.leaseRevoke(plain) : answers.compaction(plain);
        };
    }
}
