package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.HealthCheckRequest;
import io.tidemark.revision.etcd.proto.HealthCheckResponse;
import io.tidemark.revision.etcd.proto.HealthCheckResponse.ServingStatus;
import io.tidemark.revision.etcd.proto.HealthListResponse;
import io.tidemark.revision.sequencer.Sequencer;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code grpc.health.v1.Health}. As in etcd, no service has a state of its own: the server as a whole is known, by the empty
 * name. It serves while the keyspace is written.
 */
final class HealthMethods {
    private static final String WHOLE = "";

    private final Sequencer sequencer;
    private final Set<Watching> watching = ConcurrentHashMap.newKeySet();

    HealthMethods(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    Map<String, Method> methods() {
        return Map.of(
                "grpc.health.v1.Health/Check", this::check,
                "grpc.health.v1.Health/List", this::list,
                "grpc.health.v1.Health/Watch", this::watch);
    }

    private void check(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        if (HealthCheckRequest.parseFrom(bytes).getService().equals(WHOLE)) {
            call.answer(() -> response(status()));
        } else {
            call.refuse(GrpcStatus.NOT_FOUND, "unknown service");
        }
    }

    private void list(byte[] bytes, Call call) {
        call.answer(() -> HealthListResponse.newBuilder()
                .putStatuses(WHOLE, response(status()))
                .build());
    }

    /** Stays open, whatever is asked for. */
    private void watch(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        Watching watcher = new Watching(call);
        if (HealthCheckRequest.parseFrom(bytes).getService().equals(WHOLE)) {
            watching.add(watcher);
            call.whenGone(() -> watching.remove(watcher));
            watcher.tell(status());
        } else {
            watcher.tell(ServingStatus.SERVICE_UNKNOWN);
        }
    }

    /** Tells whoever watches what they do not know yet. From any thread. */
    void look() {
        watching.forEach(watcher -> watcher.call.loop().execute(() -> watcher.tell(status())));
    }

    private ServingStatus status() {
        return sequencer.state().why().isEmpty() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    /** On the call's event loop. */
    private static final class Watching {
        private final Call call;
        private ServingStatus told = ServingStatus.UNKNOWN;

        private Watching(Call call) {
            this.call = call;
        }

        private void tell(ServingStatus status) {
            if (status != told) {
                told = status;
                call.write(Buffer.buffer(response(status).toByteArray()));
            }
        }
    }
}
