package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AlarmResponse;
import io.tidemark.revision.etcd.proto.DefragmentResponse;
import io.tidemark.revision.etcd.proto.DowngradeInfo;
import io.tidemark.revision.etcd.proto.Member;
import io.tidemark.revision.etcd.proto.MemberListResponse;
import io.tidemark.revision.etcd.proto.StatusResponse;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.store.ImageFigures;
import io.tidemark.revision.store.View;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Those of {@code etcdserverpb.Maintenance} and {@code etcdserverpb.Cluster} that tell of the node or care for its disk. */
final class NodeMethods {
    private final Store store;
    private final Node node;
    private final Executor workers;

    NodeMethods(Store store, Node node, Executor workers) {
        this.store = store;
        this.node = node;
        this.workers = workers;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.Maintenance/Status", (bytes, call) -> work(call, () -> status(call)),
                "etcdserverpb.Maintenance/Defragment", (bytes, call) -> work(call, () -> defragment(call)),
                "etcdserverpb.Maintenance/Alarm", this::alarm,
                "etcdserverpb.Cluster/MemberList", (bytes, call) -> call.answer(this::members));
    }

    private void work(Call call, Runnable work) {
        try {
            workers.execute(() -> Calls.guarded(call, work));
        } catch (RejectedExecutionException e) {
            call.fail(Failure.TOO_MANY_REQUESTS);
        }
    }

    private void status(Call call) {
        ImageFigures figures = store.image().figures();
        try (View view = store.image().view()) {
            StatusResponse.Builder answer = StatusResponse.newBuilder()
                    .setHeader(node.headers().at(view.revision()))
                    .setVersion(Node.VERSION)
                    .setStorageVersion(Node.CLUSTER_VERSION)
                    // never 0, which etcdctl divides by: what is not in files yet has its size, too
                    .setDbSize(Math.max(figures.bytesOnDisk(), figures.bytesInUse()))
                    .setDbSizeInUse(figures.bytesInUse())
                    .setRaftIndex(view.position().nextOffset())
                    .setRaftAppliedIndex(view.position().nextOffset())
                    .setDowngradeInfo(DowngradeInfo.getDefaultInstance())
                    .setRaftTerm(node.headers().term().getAsLong());
            if (store.sequencer().isWriting()) {
                answer.setLeader(node.headers().memberId());
            } else {
                answer.addErrors(Failure.NO_LEADER.text());
            }
            call.answer(answer::build);
        }
    }

    /** Merges files in the background of everything else, and answers when that is done: no header, as etcd. */
    private void defragment(Call call) {
        store.image().defragment();
        call.answer(DefragmentResponse::getDefaultInstance);
    }

    /** There are none to tell: nothing here raises one. */
    private void alarm(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        if (AlarmRequest.parseFrom(bytes).getAction() == AlarmRequest.AlarmAction.GET) {
            long revision = store.image().revision();
            call.answer(() -> AlarmResponse.newBuilder()
                    .setHeader(node.headers().at(revision))
                    .build());
        } else {
            call.refuse(GrpcStatus.UNIMPLEMENTED, "alarms cannot be set or cleared here");
        }
    }

    private MemberListResponse members() {
        return MemberListResponse.newBuilder()
                .setHeader(node.headers().ofTheNode())
                .addMembers(Member.newBuilder()
                        .setID(node.headers().memberId())
                        .setName(node.name())
                        .addClientURLs(node.clientUrl().get()))
                .build();
    }
}
