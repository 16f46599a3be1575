package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.auth.Identity;
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
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@code etcdserverpb.Lease}. */
final class LeaseMethods {
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
        store.write(command, call, told -> answers.leaseGrant((Answer.Granted) told));
    }

    private void revoke(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        Command command = new Command.Revoke(LeaseRevokeRequest.parseFrom(bytes).getID());
        store.write(command, call, told -> answers.leaseRevoke((Answer.Plain) told));
    }

    private void timeToLive(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        LeaseTimeToLiveRequest request = LeaseTimeToLiveRequest.parseFrom(bytes);
        if (store.sequencer().isWriting()) {
            store.answer(call, (asker, view) -> telling(request, asker, view), view -> timeToLive(request, view));
        } else {
            call.fail(Failure.NO_LEADER); // only the writer knows
        }
    }

    /** Its keys are told to who may read them, the rest to any user. */
    private static @Nullable Refusal telling(LeaseTimeToLiveRequest request, Identity asker, View view) {
        return request.getKeys() ? asker.reading(view, request.getID()) : asker.unknown(view);
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
        store.answer(call, this::listing, view -> {
            LeaseLeasesResponse.Builder answer =
                    LeaseLeasesResponse.newBuilder().setHeader(headers.at(view.revision()));
            for (Lease lease : store.leases().byEnd()) {
                answer.addLeases(LeaseStatus.newBuilder().setID(lease.id()));
            }
            return answer.build();
        });
    }

    /** Who may not read the keys of one of them is told of none. */
    private @Nullable Refusal listing(Identity asker, View view) {
        if (!view.auth().enabled()) {
            return null;
        }
        Refusal unknown = asker.unknown(view);
        if (unknown != null) {
            return unknown;
        }
        for (Lease lease : store.leases().byEnd()) {
            Refusal refusal = asker.reading(view, lease.id());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    Map<String, Streaming> streams() {
        return Map.of("etcdserverpb.Lease/LeaseKeepAlive", this::keepAlive);
    }

    /** Each request renews a lease, and is answered in its turn. */
    private void keepAlive(Call call) {
        call.receive(message -> renew(message, call), call::end);
    }

    private void renew(Buffer message, Call call) {
        if (!store.sequencer().isWriting()) {
            call.fail(Failure.NO_LEADER); // only the writer knows
            return;
        }
        try {
            long id = LeaseKeepAliveRequest.parseFrom(message.getBytes()).getID();
            Refusal refusal = call.asker().renewing(store.image(), id);
            if (refusal == null) {
                call.writeInTurn(renewed(id));
            } else {
                call.refuse(refusal);
            }
        } catch (InvalidProtocolBufferException e) {
            call.refuseUnreadable(e);
        }
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
