package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.DefragmentResponse;
import io.tidemark.revision.etcd.proto.DowngradeInfo;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.HashResponse;
import io.tidemark.revision.etcd.proto.Member;
import io.tidemark.revision.etcd.proto.MemberListResponse;
import io.tidemark.revision.etcd.proto.StatusResponse;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.Answer.Alarmed;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.store.ImageFigures;
import io.tidemark.revision.store.View;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Those of {@code etcdserverpb.Maintenance} and {@code etcdserverpb.Cluster} that tell of the node or care for its disk. */
final class NodeMethods {
    /** At a time; each takes as much of the disk as the keyspace is large. */
    private static final int SNAPSHOTS_MOST = 2;

    private final Store store;
    private final Node node;
    private final Answers answers;
    private final ReadWorkers workers;
    private final Semaphore snapshots = new Semaphore(SNAPSHOTS_MOST);

    NodeMethods(Store store, Node node, ReadWorkers workers) {
        this.store = store;
        this.node = node;
        this.answers = new Answers(node.headers());
        this.workers = workers;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.Maintenance/Status", forUsers((bytes, call) -> workers.work(call, () -> status(call))),
                "etcdserverpb.Maintenance/Defragment",
                        forRoot((bytes, call) -> workers.work(call, () -> defragment(call))),
                "etcdserverpb.Maintenance/Hash", forRoot((bytes, call) -> workers.work(call, () -> hash(call))),
                "etcdserverpb.Maintenance/HashKV", forRoot(this::hashKv),
                "etcdserverpb.Maintenance/Snapshot", forRoot((bytes, call) -> snapshot(call)),
                "etcdserverpb.Maintenance/Alarm", this::alarm,
                "etcdserverpb.Cluster/MemberList", forUsers((bytes, call) -> workers.work(call, () -> members(call))));
    }

    private Method forUsers(Method method) {
        return permitted(method, asker -> asker.unknown(store.image()));
    }

    private Method forRoot(Method method) {
        return permitted(method, asker -> asker.administering(store.image().auth()));
    }

    private static Method permitted(Method method, Function<Identity, @Nullable Refusal> check) {
        return (bytes, call) -> {
            Refusal refusal = check.apply(call.asker());
            if (refusal == null) {
                method.call(bytes, call);
            } else {
                call.refuse(refusal);
            }
        };
    }

    private void status(Call call) {
        ImageFigures figures = store.image().figures();
        try (View view = store.image().view()) {
            StatusResponse.Builder answer = StatusResponse.newBuilder()
                    .setHeader(node.headers().at(view.revision()))
                    .setVersion(Node.VERSION)
                    .setStorageVersion(Node.CLUSTER_VERSION)
                    .setDbSize(figures.size()) // never 0, which etcdctl divides by
                    .setDbSizeInUse(figures.bytesInUse())
                    .setDbSizeQuota(node.quota())
                    .setRaftIndex(view.position().nextOffset())
                    .setRaftAppliedIndex(view.position().nextOffset())
                    .setDowngradeInfo(DowngradeInfo.getDefaultInstance())
                    .setRaftTerm(node.headers().term().getAsLong());
            String writer = store.sequencer().writer();
            if (store.sequencer().isWriting()) {
                answer.setLeader(node.headers().memberId());
            } else if (!writer.isEmpty()) {
                answer.setLeader(node.members().id(writer));
            } else {
                answer.addErrors(Failure.NO_LEADER.text());
            }
            view.alarms().all().forEach(alarm -> answer.addErrors(text(alarm)));
            call.answer(answer::build);
        }
    }

    /** As etcd prints an AlarmMember: without what is not set. */
    private static String text(Alarm alarm) {
        String member = alarm.member() == 0 ? "" : "memberID:" + Long.toUnsignedString(alarm.member()) + " ";
        return member + "alarm:" + Answers.kind(alarm);
    }

    /** Merges files in the background of everything else, and answers when that is done: no header, as etcd. */
    private void defragment(Call call) {
        store.image().defragment();
        call.answer(DefragmentResponse::getDefaultInstance);
    }

    /** Of the history and the leases, as what a file of etcd holds besides is not here: comparable among stores like this. */
    private void hash(Call call) {
        try (View view = store.image().view()) {
            CRC32C all = new CRC32C();
            all.update(numbers(view.checksum(view.revision())));
            store.image().leases().forEach(lease -> all.update(numbers(lease.id(), lease.ttlSeconds())));
            HashResponse.Builder answer = HashResponse.newBuilder()
                    .setHeader(node.headers().at(view.revision()))
                    .setHash((int) all.getValue());
            call.answer(answer::build);
        }
    }

    private static ByteBuffer numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        Arrays.stream(numbers).forEach(bytes::putLong);
        return bytes.flip();
    }

    private void hashKv(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        long asked = HashKVRequest.parseFrom(bytes).getRevision();
        workers.work(call, () -> hashKv(asked, call));
    }

    /** What etcd tells of the same history; it reads all of it, here as there. */
    private void hashKv(long asked, Call call) {
        try (View view = store.image().view()) {
            if (asked > 0 && asked < view.compacted()) {
                call.refuse(Refusal.COMPACTED);
            } else if (asked > view.revision()) {
                call.refuse(Refusal.FUTURE_REVISION);
            } else {
                long revision = asked == 0 ? view.revision() : asked;
                HashKVResponse.Builder answer = HashKVResponse.newBuilder()
                        .setHeader(node.headers().at(view.revision()))
                        .setHash((int) view.checksum(revision))
                        .setCompactRevision(view.compacted())
                        .setHashRevision(revision);
                call.answer(answer::build);
            }
        }
    }

    private void snapshot(Call call) {
        if (snapshots.tryAcquire()) {
            new PieceStream(call, workers, new SnapshotPieces(store.image(), () -> !call.isOver(), snapshots::release))
                    .start();
        } else {
            call.fail(Failure.TOO_MANY_REQUESTS);
        }
    }

    private void alarm(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AlarmRequest request = AlarmRequest.parseFrom(bytes);
        Alarm alarm = new Alarm(request.getMemberID(), request.getAlarmValue());
        switch (request.getAction()) {
            case GET ->
                store.answer(
                        call,
                        Identity::unknown,
                        view -> answers.alarm(
                                new Alarmed(view.revision(), view.alarms().ofKind(alarm.kind()))));
            case ACTIVATE -> change(new Command.Raise(alarm), call);
            case DEACTIVATE -> change(new Command.Clear(alarm), call);
            case UNRECOGNIZED ->
                call.refuse(GrpcStatus.INVALID_ARGUMENT, "no action on alarms: " + request.getActionValue());
        }
    }

    private void change(Command command, Call call) {
        store.write(command, call, told -> answers.alarm((Alarmed) told));
    }

    private void members(Call call) {
        MemberListResponse.Builder answer =
                MemberListResponse.newBuilder().setHeader(node.headers().ofTheNode());
        for (String member : node.members().all()) {
            answer.addMembers(Member.newBuilder()
                    .setID(node.members().id(member))
                    .setName(member.isEmpty() ? node.name() : member)
                    .addClientURLs(node.clientUrl(member)));
        }
        call.answer(answer::build);
    }
}
