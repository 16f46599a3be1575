package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.etcd.KvMethods.CallReply;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveResponse;
import io.tidemark.revision.etcd.proto.LeaseLeasesResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeRequest;
import io.tidemark.revision.etcd.proto.LeaseStatus;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reads.Reading;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code etcdserverpb.Lease}. */
final class LeaseMethods {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseMethods.class);
    private static final long GONE = -1;

    private final Store store;
    private final Answers answers;
    private final Headers headers;
    private final RandomGenerator ids;

    /** @param ids from which ids of leases are made that the client leaves to the server */
    LeaseMethods(Store store, Headers headers, RandomGenerator ids) {
        this.store = store;
        this.headers = headers;
        this.answers = new Answers(headers);
        this.ids = ids;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.Lease/LeaseGrant", this::grant,
                "etcdserverpb.Lease/LeaseRevoke", this::revoke,
                "etcdserverpb.Lease/LeaseTimeToLive", this::timeToLive,
                "etcdserverpb.Lease/LeaseLeases", this::leases);
    }

    private void grant(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        LeaseGrantRequest request = LeaseGrantRequest.parseFrom(bytes);
        Command command = new Command.Grant(request.getID(), request.getTTL(), ids.nextLong(1, Long.MAX_VALUE));
        store.sequencer().submit(command, new CallReply(call, told -> answers.leaseGrant((Answer.Granted) told)));
    }

    private void revoke(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        Command command = new Command.Revoke(LeaseRevokeRequest.parseFrom(bytes).getID());
        store.sequencer().submit(command, new CallReply(call, told -> answers.leaseRevoke((Answer.Plain) told)));
    }

    private void timeToLive(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        LeaseTimeToLiveRequest request = LeaseTimeToLiveRequest.parseFrom(bytes);
        if (store.sequencer().isWriting()) {
            read(call, view -> timeToLive(request, view));
        } else {
            call.fail(Failure.NO_LEADER); // only the writer knows
        }
    }

    private LeaseTimeToLiveResponse timeToLive(LeaseTimeToLiveRequest request, View view) {
        LeaseTimeToLiveResponse.Builder answer = LeaseTimeToLiveResponse.newBuilder()
                .setHeader(headers.at(view.revision()))
                .setID(request.getID());
        Lease lease = view.lease(request.getID());
        OptionalLong left = store.leases().left(request.getID(), Sequencer.now());
        if (lease == null || left.isEmpty()) {
            return answer.setTTL(GONE).build();
        }
        if (request.getKeys()) {
            view.keysOf(lease.id()).forEach(key -> answer.addKeys(UnsafeByteOperations.unsafeWrap(key.bytes())));
        }
        return answer.setTTL(left.getAsLong()).setGrantedTTL(lease.ttlSeconds()).build();
    }

    private void leases(byte[] bytes, Call call) {
        read(call, view -> {
            LeaseLeasesResponse.Builder answer =
                    LeaseLeasesResponse.newBuilder().setHeader(headers.at(view.revision()));
            for (Lease lease : store.leases().byEnd()) {
                answer.addLeases(LeaseStatus.newBuilder().setID(lease.id()));
            }
            return answer.build();
        });
    }

    private void read(Call call, Function<View, MessageLite> answer) {
        Reading reading = new Reading() {
            @Override
            public void from(View view) {
                try (view) {
                    MessageLite message = answer.apply(view);
                    call.answer(() -> message);
                }
            }

            @Override
            public void failed(Failure failure) {
                call.fail(failure);
            }
        };
        store.reads().linearizable(reading, call.loop());
    }

    /** A stream: each request renews a lease, and is answered in its turn. */
    void keepAlive(GrpcServerRequest<Buffer, Buffer> request) {
        request.exceptionHandler(gone -> LOG.debug("A client left while it kept leases alive: {}", gone.getMessage()));
        request.handler(bytes -> {
            try {
                long id = LeaseKeepAliveRequest.parseFrom(bytes.getBytes()).getID();
                if (!store.sequencer().isWriting()) {
                    Calls.refuse(request, GrpcStatus.UNAVAILABLE, Failure.NO_LEADER.text());
                    return;
                }
                request.response().write(Buffer.buffer(renewed(id).toByteArray()));
                if (request.response().writeQueueFull()) {
                    request.pause();
                    request.response().drainHandler(ignored -> request.resume());
                }
            } catch (InvalidProtocolBufferException e) {
                Calls.refuseUnreadable(request, e);
            }
        });
        request.endHandler(ignored -> request.response().end());
    }

    /** 0 seconds for one that is no more, or whose end is about to be logged. */
    private LeaseKeepAliveResponse renewed(long id) {
        long seconds = store.leases().renew(id, Sequencer.now()).orElse(0);
        return LeaseKeepAliveResponse.newBuilder()
                .setHeader(headers.at(store.image().revision()))
                .setID(id)
                .setTTL(seconds)
                .build();
    }
}
