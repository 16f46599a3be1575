package io.tidemark.revision.etcd;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.vertx.grpc.common.GrpcStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How many calls there were. Safe for use by several threads. */
final class CallCounts {
    private final Map<String, OfMethod> methods = new TreeMap<>();
    private final OfMethod unknown = new OfMethod(List.of());

    /** Of all methods that the port knows, by name. */
    CallCounts() {
        ServedFiles.methods().forEach((name, method) -> methods.put(name, new OfMethod(tags(method))));
    }

    private static List<String> tags(MethodDescriptor method) {
        return List.of(method.getName(), method.getService().getFullName(), type(method));
    }

    private static String type(MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming() ? "bidi_stream" : "client_stream";
        }
        return method.isServerStreaming() ? "server_stream" : "unary";
    }

    /** Of a method, {@code package.Service/Method}; those of unknown ones are not told. */
    OfMethod of(String name) {
        return methods.getOrDefault(name, unknown);
    }

    Stream<OfMethod> all() {
        return methods.values().stream();
    }

    /** Calls of one method. */
    static final class OfMethod {
        private final List<String> tags;
        private final LongAdder started = new LongAdder();
        private final LongAdder received = new LongAdder();
        private final LongAdder sent = new LongAdder();
        private final Map<GrpcStatus, LongAdder> handled = new EnumMap<>(GrpcStatus.class);

        private OfMethod(List<String> tags) {
            this.tags = tags;
            for (GrpcStatus status : GrpcStatus.values()) {
                handled.put(status, new LongAdder());
            }
        }

        void start() {
            started.increment();
        }

        void received(int bytes) {
            received.add(bytes);
        }

        void sent(int bytes) {
            sent.add(bytes);
        }

        void handled(GrpcStatus status) {
            of(status).increment();
        }

        private LongAdder of(GrpcStatus status) {
            return Objects.requireNonNull(handled.get(status)); // there is one for each
        }

        /** Its method, service and type. */
        List<String> tags() {
            return tags;
        }

        long started() {
            return started.sum();
        }

        long bytesReceived() {
            return received.sum();
        }

        long bytesSent() {
            return sent.sum();
        }

        long handledAs(GrpcStatus status) {
            return of(status).sum();
        }
    }
}
