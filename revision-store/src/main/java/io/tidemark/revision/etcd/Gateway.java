package io.tidemark.revision.etcd;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.JsonRequests.UnreadableException;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.service.ByteBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * etcd's API as JSON over HTTP: {@code POST /v3/kv/range} and its like, each the call of gRPC that stands beside it. Browsers
 * are refused: a page of anybody could write here.
 */
final class Gateway {
    /** JSON writes bytes in a third more letters; beyond that, a request is larger than gRPC would take. */
    private static final int BODY_BYTES_MAX = 2 * Calls.MESSAGE_BYTES_MAX;

    private static final String PREFIX = "/v3/";
    private static final String OLD_PREFIX = "/v3beta/";

    private final Calls calls;
    private final Access access;
    private final ByteBudget memory;
    private final Map<String, MethodDescriptor> routes;

    Gateway(Calls calls, Access access, ByteBudget memory) {
        this.calls = calls;
        this.access = access;
        this.memory = memory;
        Map<String, MethodDescriptor> methods = ServedFiles.methods();
        this.routes = GatewayRoutes.METHODS.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, route -> methods.get(route.getValue())));
    }

    /** Whether the request is for it. */
    static boolean isMeant(HttpServerRequest request) {
        return request.path().startsWith(PREFIX) || request.path().startsWith(OLD_PREFIX);
    }

    void answer(HttpServerRequest request, Loop loop) {
        String path = request.path();
        MethodDescriptor method =
                routes.get(path.startsWith(OLD_PREFIX) ? PREFIX + path.substring(OLD_PREFIX.length()) : path);
        if (request.headers().contains("origin")) {
            GatewayWire.refuse(request.response(), GrpcStatus.PERMISSION_DENIED, "no requests of browsers are taken");
        } else if (access.isByCertificate() && isNamed(request)) {
            request.response()
                    .setStatusCode(400)
                    .putHeader("content-type", "text/plain; charset=utf-8")
                    .end(
                            "CommonName of client sending a request against gateway will be ignored and not used as expected\n");
        } else if (method == null) {
            GatewayWire.refuse(request.response(), GrpcStatus.NOT_FOUND, "Not Found");
        } else if (!HttpMethod.POST.equals(request.method())) {
            GatewayWire.refuse(request.response(), GrpcStatus.UNIMPLEMENTED, "Method Not Allowed");
        } else {
            Arrival arrival = new Arrival(memory);
            receive(request, arrival, body -> call(request, method, body, loop, arrival));
        }
    }

    private static boolean isNamed(HttpServerRequest request) {
        String name = ClientCertificate.commonName(request.connection().sslSession());
        return name != null && !name.isEmpty();
    }

    /** Waits for the whole of it. */
    private static void receive(HttpServerRequest request, Arrival arrival, Consumer<Buffer> whole) {
        Buffer body = Buffer.buffer();
        request.exceptionHandler(gone -> arrival.over());
        request.handler(piece -> {
            if (body.length() + piece.length() > BODY_BYTES_MAX) {
                refuseTooLarge(request.response(), body.length() + piece.length());
                leave(request, arrival);
            } else if (!arrival.takes(piece.length())) {
                GatewayWire.refuse(request.response(), GrpcStatus.RESOURCE_EXHAUSTED, Failure.TOO_MANY_REQUESTS.text());
                leave(request, arrival);
            } else {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(ignored -> whole.accept(body));
    }

    /** The rest of it would be in the way of what follows on the connection. */
    private static void leave(HttpServerRequest request, Arrival arrival) {
        request.handler(null).endHandler(null);
        arrival.over();
        request.connection().close();
    }

    private static void refuseTooLarge(HttpServerResponse response, int bytes) {
        GatewayWire.refuse(response, GrpcStatus.RESOURCE_EXHAUSTED, Calls.tooLarge(bytes));
    }

    private void call(HttpServerRequest request, MethodDescriptor method, Buffer body, Loop loop, Arrival arrival) {
        try {
            List<Message> messages = messages(method, body.getBytes());
            OptionalInt tooLarge = messages.stream()
                    .mapToInt(Message::getSerializedSize)
                    .filter(size -> size > Calls.MESSAGE_BYTES_MAX)
                    .findFirst();
            if (tooLarge.isPresent()) {
                arrival.over();
                refuseTooLarge(request.response(), tooLarge.getAsInt());
            } else {
                calls.begin(ServedFiles.name(method), new GatewayWire(request, method, messages, loop, arrival), loop);
            }
        } catch (UnreadableException e) {
            arrival.over();
            GatewayWire.refuse(request.response(), GrpcStatus.INVALID_ARGUMENT, e.text());
        }
    }

    private static List<Message> messages(MethodDescriptor method, byte[] body) throws UnreadableException {
        return method.isClientStreaming()
                ? JsonRequests.all(body, method.getInputType())
                : List.of(JsonRequests.first(body, method.getInputType()));
    }
}
