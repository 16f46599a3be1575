package io.tidemark.watch.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.etcd.Answers;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.Method;
import io.tidemark.revision.etcd.proto.CampaignRequest;
import io.tidemark.revision.etcd.proto.CampaignResponse;
import io.tidemark.revision.etcd.proto.LeaderKey;
import io.tidemark.revision.etcd.proto.LeaderRequest;
import io.tidemark.revision.etcd.proto.LeaderResponse;
import io.tidemark.revision.etcd.proto.ProclaimRequest;
import io.tidemark.revision.etcd.proto.ProclaimResponse;
import io.tidemark.revision.etcd.proto.ResignRequest;
import io.tidemark.revision.etcd.proto.ResignResponse;
import io.tidemark.revision.machine.Key;
import io.tidemark.watch.lock.Candidacy;
import io.tidemark.watch.lock.Elections;
import io.tidemark.watch.lock.Elections.Elected;
import io.tidemark.watch.lock.Session;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;

/** {@code v3electionpb.Election}, but for Observe. */
final class ElectionMethods {
    private static final String SERVICE = "v3electionpb.Election/";
    private static final String NO_LEADER_KEY = "\"leader\" field must be provided";

    private final LockService service;

    ElectionMethods(LockService service) {
        this.service = service;
    }

    Map<String, Method> methods() {
        return Map.of(
                SERVICE + "Campaign", this::campaign,
                SERVICE + "Proclaim", this::proclaim,
                SERVICE + "Leader", this::leader,
                SERVICE + "Resign", this::resign);
    }

    private void campaign(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        CampaignRequest request = CampaignRequest.parseFrom(bytes);
        Session session = service.session(request.getLease());
        byte[] value = request.getValue().toByteArray();
        service.write(
                call,
                bytes.length,
                Elections.campaign(key(request.getName()), value, session),
                elected -> CampaignResponse.newBuilder()
                        .setHeader(service.header(elected.revision()))
                        .setLeader(leader(request.getName(), elected))
                        .build());
    }

    private static LeaderKey leader(ByteString name, Elected elected) {
        Candidacy leader = elected.leader();
        return LeaderKey.newBuilder()
                .setName(name)
                .setKey(UnsafeByteOperations.unsafeWrap(leader.key().bytes()))
                .setRev(leader.created())
                .setLease(leader.lease())
                .build();
    }

    private void proclaim(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        ProclaimRequest request = ProclaimRequest.parseFrom(bytes);
        if (!request.hasLeader()) {
            call.refuse(GrpcStatus.UNKNOWN, NO_LEADER_KEY);
            return;
        }
        service.write(
                call,
                bytes.length,
                Elections.proclaim(
                        candidacy(request.getLeader()), request.getValue().toByteArray(), session(request.getLeader())),
                revision -> ProclaimResponse.newBuilder()
                        .setHeader(service.header(revision))
                        .build());
    }

    private void resign(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        ResignRequest request = ResignRequest.parseFrom(bytes);
        if (!request.hasLeader()) {
            call.refuse(GrpcStatus.UNKNOWN, NO_LEADER_KEY);
            return;
        }
        service.write(
                call,
                bytes.length,
                Elections.resign(candidacy(request.getLeader()), session(request.getLeader())),
                revision -> ResignResponse.newBuilder()
                        .setHeader(service.header(revision))
                        .build());
    }

    private Session session(LeaderKey leader) {
        return service.session(leader.getLease());
    }

    private static Candidacy candidacy(LeaderKey leader) {
        return new Candidacy(key(leader.getKey()), leader.getRev(), leader.getLease());
    }

    private void leader(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        LeaderRequest request = LeaderRequest.parseFrom(bytes);
        service.begin(
                call,
                Elections.leader(key(request.getName())),
                leading -> LeaderResponse.newBuilder()
                        .setHeader(service.header(leading.revision()))
                        .setKv(Answers.keyValue(leading.leader()))
                        .build());
    }

    private static Key key(ByteString bytes) {
        return Key.of(bytes.toByteArray());
    }
}
