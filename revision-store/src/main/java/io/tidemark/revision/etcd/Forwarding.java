package io.tidemark.revision.etcd;

import io.tidemark.revision.sequencer.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands calls on to the node that writes, as every node of etcd takes every call:
 *
 * <pre>
 *   client ─► this node, which follows ─► the writer, at the address in its barrier
 *          ◄─        as it comes       ◄─
 * </pre>
 *
 * A call is handed on once: a node that is taken for the writer and is none refuses it. When another node takes over, calls
 * that wait for the one before are given up: it may never answer.
 */
final class Forwarding {
    private static final String ETCD = "etcdserverpb.";
    /** Of what a node tells of itself alone. */
    private static final String GRPC = "grpc.";

    private static final String AUTHENTICATE = ETCD + "Auth/Authenticate";
    /** Only the writer knows when leases end, and who was given a token. */
    private static final Set<String> OF_THE_WRITER = Set.of(
            ETCD + "Lease/LeaseTimeToLive", ETCD + "Lease/LeaseLeases", ETCD + "Lease/LeaseKeepAlive", AUTHENTICATE);

    /** Of the client's metadata. */
    private static final List<String> HANDED_ON =
            List.of(Access.TOKEN, Access.AUTHORIZATION, "client-api-version", "hasleader");

    private static final String FORWARDED = "tidemark-forwarded";
    private static final int CONNECT_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Vertx vertx;
    private final Store store;
    private final Set<String> streams;
    private final Access access;
    private volatile GrpcClient client;
    private final Set<Handed> under = ConcurrentHashMap.newKeySet();

    /** A call that was handed on and is not answered. */
    private record Handed(Call call, String writer, GrpcClientRequest<Buffer, Buffer> there) {
        /** From any thread. */
        void giveUp() {
            call.fail(Failure.TIMED_OUT); // it may be done there all the same
            call.loop().execute(there::cancel);
        }
    }

    /**
     * @param streams methods that answer each message in its turn
     * @param tls as the other nodes speak it, too; null for none
     */
    Forwarding(Vertx vertx, Store store, Set<String> streams, Access access, @Nullable ServerSSLOptions tls) {
        this.vertx = vertx;
        this.store = store;
        this.streams = Set.copyOf(streams);
        this.access = access;
        this.client = client(vertx, tls);
    }

    /** To other nodes this one shows the certificate that it shows to clients, and trusts whom it trusts among them. */
    private static GrpcClient client(Vertx vertx, @Nullable ServerSSLOptions tls) {
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
        if (tls != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(tls.getKeyCertOptions())
                    .setTrustOptions(tls.getTrustOptions());
        }
        return GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(Integer.MAX_VALUE), options);
    }

    /** Shows other certificates from now on. What is under way has some time to end. */
    void serve(ServerSSLOptions tls) {
        GrpcClient before = client;
        client = client(vertx, tls);
        vertx.setTimer(PATIENCE_MILLIS, ignored -> before.close());
    }

    /** Where this call goes when this node does not write; empty when here is right, or nowhere else. */
    String writer(Call call) {
        String writer = store.sequencer().writer();
        return writer.isEmpty() || call.metadata().contains(FORWARDED) ? "" : writer;
    }

    /** Whether a call goes there whatever it asks for: with users, all do, as only the writer knows their tokens. */
    boolean goesAsAWhole(Call call) {
        return !call.name().startsWith(GRPC)
                && (OF_THE_WRITER.contains(call.name()) || store.image().auth().enabled());
    }

    /** Hands on message after message. On the event loop. */
    void pipe(Call call, String writer) {
        call.pause();
        begin(call, writer, there -> {
            call.receive(message -> unlessOver(call, () -> there.write(message)), () -> unlessOver(call, there::end));
            call.resume();
        });
    }

    /** What the client sends when it was answered already goes nowhere. */
    private static void unlessOver(Call call, Runnable sending) {
        if (!call.isOver()) {
            sending.run();
        }
    }

    /** Hands on a call with its only message. On the event loop. */
    void send(Call call, String writer, Buffer message) {
        begin(call, writer, there -> there.end(message));
    }

    /** Whether the writer would take this node's certificate for the user's: the client has to ask it itself. */
    private boolean isOfACertificate(Call call) {
        return access.isByCertificate(call.metadata()) && !call.name().equals(AUTHENTICATE);
    }

    private void begin(Call call, String writer, Consumer<GrpcClientRequest<Buffer, Buffer>> sending) {
        if (isOfACertificate(call)) {
            call.fail(Failure.NO_LEADER);
            return;
        }
        HostAndPort address = HostAndPort.parseAuthority(writer, -1);
        client.request(SocketAddress.inetSocketAddress(address.port(), address.host()))
                .onFailure(unreachable -> call.fail(Failure.NO_LEADER))
                .onSuccess(there -> {
                    Handed handed = new Handed(call, writer, there);
                    under.add(handed);
                    call.whenGone(() -> {
                        under.remove(handed);
                        there.cancel();
                    });
                    head(call, there);
                    there.exceptionHandler(lost -> giveUp(handed));
                    there.response().onFailure(lost -> giveUp(handed)).onSuccess(answer -> receive(answer, handed));
                    sending.accept(there);
                });
    }

    private static void head(Call call, GrpcClientRequest<Buffer, Buffer> there) {
        there.fullMethodName(call.name());
        there.headers().set(FORWARDED, "1");
        for (String name : HANDED_ON) {
            String value = call.metadata().get(name);
            if (value != null) {
                there.headers().set(name, value);
            }
        }
    }

    private void receive(GrpcClientResponse<Buffer, Buffer> answer, Handed handed) {
        Call call = handed.call;
        call.served();
        Buffer[] last = new Buffer[1]; // goes out together with the end
        answer.exceptionHandler(lost -> giveUp(handed));
        answer.handler(message -> {
            Buffer next = streams.contains(call.name()) ? message : last[0];
            last[0] = message;
            if (next != null && !call.write(next)) {
                answer.pause();
                call.whenDrained(answer::resume);
            }
        });
        answer.endHandler(ignored -> {
            under.remove(handed);
            end(answer, call, streams.contains(call.name()) ? null : last[0]);
        });
    }

    private static void end(GrpcClientResponse<Buffer, Buffer> answer, Call call, @Nullable Buffer last) {
        GrpcStatus status = answer.status();
        if (status != GrpcStatus.OK) {
            String text = answer.statusMessage();
            call.refuse(status, text == null ? "" : text);
        } else if (last == null) {
            call.end();
        } else {
            call.answer(last);
        }
    }

    private void giveUp(Handed handed) {
        if (under.remove(handed)) {
            handed.giveUp();
        }
    }

    /**
     * Gives up what waits for a node that does not write any more, and what nobody waits for. From any thread, from time
     * to time.
     */
    void look() {
        String writer = store.sequencer().writer();
        under.stream()
                .filter(handed -> handed.call.isOver() || !handed.writer.equals(writer))
                .forEach(this::giveUp);
    }

    /** Calls that wait for the writer's answer. */
    int under() {
        return under.size();
    }

    /** Closes the connections to the writer. */
    void close() {
        client.close();
    }
}
