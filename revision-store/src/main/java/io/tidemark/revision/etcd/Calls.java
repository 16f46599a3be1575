package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.service.ByteBudget;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.InvalidMessageException;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of gRPC to the methods that they name. What there is no method for is unimplemented, as clients probe for it. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    /** etcd's bound of a request and what it adds for the transport. */
    static final int MESSAGE_BYTES_MAX = 2 * 1024 * 1024;

    private final Map<String, Method> methods;
    private final Map<String, Streaming> streams;
    /** Of methods with one request. */
    private final Set<String> paths;

    private final Surroundings around;

    /** What every call may need. */
    record Surroundings(Access access, Forwarding forwarding, CallCounts counts, Memory memory) {}

    /** Of long answers, and of large requests. */
    record Memory(AnswerMemory answers, ByteBudget requests) {
        static Memory of(EtcdSettings settings) {
            return new Memory(new AnswerMemory(settings.answerMemory()), new ByteBudget(settings.requestMemory()));
        }
    }

    Calls(Map<String, Method> methods, Map<String, Streaming> streams, Surroundings around) {
        this.methods = methods;
        this.streams = streams;
        this.paths = methods.keySet().stream().map(name -> "/" + name).collect(Collectors.toSet());
        this.around = around;
    }

    /** A handler of HTTP requests that {@link #isGrpc are gRPC}, for one event loop. */
    Handler<HttpServerRequest> on(Loop loop, Vertx vertx) {
        ArrivingRequest[] arriving = new ArrivingRequest[1]; // the server hands a call on as its request arrives
        Handler<GrpcServerRequest<Buffer, Buffer>> accept = request -> accept(request, arriving[0], loop);
        GrpcServer server = GrpcServer.server(vertx, options(MESSAGE_BYTES_MAX)).callHandler(accept);
        GrpcServer loading = GrpcServer.server(vertx, options(TransferMethods.MESSAGE_BYTES_MAX))
                .callHandler(accept);
        return request -> {
            arriving[0] = new ArrivingRequest(request, arrival(request.path()));
            (TransferMethods.LOAD_PATH.equals(request.path()) ? loading : server).handle(arriving[0]);
        };
    }

    private static GrpcServerOptions options(int bytesMax) {
        return new GrpcServerOptions()
                .setMaxMessageSize(bytesMax)
                .removeEnabledProtocol(GrpcProtocol.WEB)
                .removeEnabledProtocol(GrpcProtocol.WEB_TEXT);
    }

    static boolean isGrpc(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        return type != null && type.startsWith("application/grpc");
    }

    /** Of a stream, which goes on for as long as its client likes, what came in does not add up. */
    private Arrival arrival(String path) {
        return new Arrival(paths.contains(path) ? around.memory().requests() : new ByteBudget(Long.MAX_VALUE));
    }

    private void accept(GrpcServerRequest<Buffer, Buffer> request, ArrivingRequest http, Loop loop) {
        GrpcWire wire = new GrpcWire(request, http.response(), http.arrival());
        Call call = begin(request.fullMethodName(), wire, loop);
        http.whenRefused(() -> call.fail(Failure.TOO_MANY_REQUESTS));
        request.invalidMessageHandler(invalid -> refuse(invalid, call));
    }

    /** A call of the method with this name, {@code package.Service/Method}. On the event loop. */
    Call begin(String name, Wire wire, Loop loop) {
        Call call = new Call(name, wire, around, loop);
        Method method = methods.get(name);
        Streaming stream = streams.get(name);
        String writer = around.forwarding.writer(call);
        if (!writer.isEmpty() && around.forwarding.goesAsAWhole(call)) {
            around.forwarding.pipe(call, writer);
        } else if (method != null) {
            call.receive(message -> call(method, message, call), () -> {});
        } else if (stream != null) {
            stream.begin(call);
        } else {
            int slash = name.indexOf('/');
            call.refuse(
                    GrpcStatus.UNIMPLEMENTED,
                    "unknown method " + name.substring(slash + 1) + " for service " + name.substring(0, slash));
        }
        return call;
    }

    private static void refuse(InvalidMessageException invalid, Call call) {
        if (invalid instanceof MessageSizeOverflowException tooLarge) {
            call.refuse(GrpcStatus.RESOURCE_EXHAUSTED, tooLarge(tooLarge.messageSize()));
        } else {
            call.refuse(GrpcStatus.INTERNAL, String.valueOf(invalid.getMessage()));
        }
    }

    static String tooLarge(long bytes) {
        return "grpc: received message larger than max (" + bytes + " vs. " + MESSAGE_BYTES_MAX + ")";
    }

    private static void call(Method method, Buffer message, Call call) {
        call.asked(message);
        try {
            method.call(message.getBytes(), call);
        } catch (InvalidProtocolBufferException e) {
            call.refuseUnreadable(e);
        }
    }

    /** As etcd refuses what it has no room for; what never has room, not as what may be tried again. */
    private static void refuse(NoAnswerMemoryException full, Call call) {
        if (full.isThereAtTimes()) {
            call.fail(Failure.TOO_MANY_REQUESTS);
        } else {
            String text = full.getMessage() + ": ask for it in pages, with a limit, or for fewer keys at once";
            call.loop().execute(() -> call.refuse(GrpcStatus.RESOURCE_EXHAUSTED, text));
        }
    }

    /** Whatever goes wrong, on whichever thread, the caller is told, and the connection of others stays as it is. */
    static void guarded(Call call, Runnable work) {
        try {
            work.run();
        } catch (NoAnswerMemoryException e) {
            refuse(e, call);
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered", e);
            call.loop().execute(() -> call.refuse(GrpcStatus.INTERNAL, "the server failed; its log says how"));
        }
    }
}
