package io.tidemark.tests.conformance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeRequest;
import io.tidemark.revision.etcd.proto.LeaseRevokeResponse;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.TxnRequest;
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
            case "etcdserverpb.KV/Range" -> MachineRequests.command(RangeRequest.parseFrom(request));
            case "etcdserverpb.KV/Put" -> MachineRequests.command(PutRequest.parseFrom(request));
            case "etcdserverpb.KV/DeleteRange" -> MachineRequests.command(DeleteRangeRequest.parseFrom(request));
            case "etcdserverpb.KV/Txn" -> MachineRequests.command(TxnRequest.parseFrom(request));
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

    private static Answer bytes(io.tidemark.revision.machine.Answer answer, String method) {
        Message.Builder message = message(answer, method);
        FieldDescriptor header = message.getDescriptorForType().findFieldByName("header");
        return new Answer.Bytes(message.setField(header, MachineAnswers.header(answer.revision()))
                .build()
                .toByteArray());
    }

    private static Message.Builder message(io.tidemark.revision.machine.Answer answer, String method) {
        if (answer instanceof io.tidemark.revision.machine.Answer.Granted granted) {
            return LeaseGrantResponse.newBuilder()
                    .setID(granted.lease().id())
                    .setTTL(granted.lease().ttlSeconds());
        }
        return method.endsWith("LeaseRevoke") ? LeaseRevokeResponse.newBuilder() : MachineAnswers.message(answer);
    }
}
