package io.tidemark.revision.etcd;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.ServerSSLOptions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The port that etcd's clients use: gRPC, and plain HTTP/1.1 beside it. One server per event loop; each connection stays
 * on the loop that it came to.
 */
public final class EtcdServer implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;
    /** How late a call is given up at most, and a change of health told. */
    private static final long LOOK_MILLIS = 100;

    private static final AtomicInteger SERVERS = new AtomicInteger();

    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

    private static final int ANSWERS_PER_FLUSH = 256;

    /**
     * More than may wait to be flushed: as many answers as large as they get without being paced. When a connection becomes
     * "not writable" in the middle of a frame of data, between its head and its body, Netty tells of it at once, and Vert.x
     * writes frames of other streams there and then (eclipse-vertx/vert.x#6359, netty/netty#17256): clients read one frame's
     * bytes as another's head and close the connection, or the loop turns for ever. What a client does not take is bounded by
     * the windows of HTTP/2 and by {@link PacedStream}, which waits for the wire.
     */
    private static final WriteBufferWaterMark NEVER_REACHED =
            new WriteBufferWaterMark(8 * 1024 * 1024, 2 * ANSWERS_PER_FLUSH * GrpcWire.LARGE);

    private final Vertx vertx;
    private final EtcdSettings settings;
    private final EtcdSettings.Listening listening;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final ReadWorkers workers;
    private final Calls.Memory memory;
    private final Forwarding forwarding;
    private final Calls calls;
    private final PlainPages pages;
    private final HealthMethods health;
    private final Extension.Served extension;
    private final Gateway gateway;
    /** To Vert.x: a free port, the same one for all that ask with this number, which are the loops of this server. */
    private final int anyForAllLoops = -SERVERS.incrementAndGet();

    private volatile int port;
    private volatile String deployment = "";
    private long looking;

    /**
     * What others put at the port.
     *
     * @param metrics of the process, for the page that has etcd's beside them
     * @param extension methods of another module
     */
    public record Additions(Supplier<String> metrics, Extension extension) {
        /** Nothing. */
        public static final Additions NONE = new Additions(() -> "", Extension.NONE);
    }

    public EtcdServer(Vertx vertx, EtcdSettings settings, Node.Place place, Store store, Additions additions) {
        Headers headers = place.headers();
        this.vertx = vertx;
        this.settings = settings;
        this.workers = new ReadWorkers(settings.readThreads(), settings.readsWaiting());
        this.memory = Calls.Memory.of(settings);
        this.health = new HealthMethods(store.sequencer());
        this.listening = settings.listening();
        this.port = listening.port();
        Node node = new Node(settings.name(), place, listening, () -> port, settings.quota());
        CallCounts counts = new CallCounts();
        OperationCounts operations = new OperationCounts();
        MetricsPage page = new MetricsPage(store, node, counts, operations);
        this.pages = new PlainPages(
                store, settings.patience(), () -> additions.metrics().get() + page.text());
        LeaseMethods leases = new LeaseMethods(store, headers, new SecureRandom());
        Map<String, Method> methods = new HashMap<>();
        Tokens tokens = tokens(settings.tokens());
        this.extension = additions.extension().serve(host(store, headers, tokens));
        Lists lists = new Lists(headers, workers, memory.answers());
        RangeCalls ranges = new RangeCalls(store, headers, lists, operations, extension.absent());
        methods.putAll(new KvMethods(store, headers, lists, ranges, operations).methods());
        methods.putAll(leases.methods());
        methods.putAll(new NodeMethods(store, node, workers).methods());
        methods.putAll(users(new AuthCalls(store, headers), tokens));
        methods.putAll(new TransferMethods(store, headers).methods());
        methods.putAll(new HistoryMethods(store, headers).methods());
        methods.putAll(health.methods());
        Map<String, Streaming> streams = new HashMap<>(leases.streams());
        methods.putAll(extension.methods());
        streams.putAll(extension.streams());
        Set<String> inTurn = Set.copyOf(streams.keySet());
        Set<String> served = new HashSet<>(methods.keySet());
        served.addAll(streams.keySet());
        streams.putAll(new ReflectionMethods(served).streams());
        Access access = new Access(store.image(), tokens, listening.certifiedUsers());
        this.forwarding = new Forwarding(vertx, store, inTurn, access, listening.tls());
        this.calls = new Calls(methods, streams, new Calls.Surroundings(access, forwarding, counts, memory));
        this.gateway = new Gateway(calls, access, memory.requests());
    }

    private Map<String, Method> users(AuthCalls auth, Tokens tokens) {
        Map<String, Method> methods = new HashMap<>(new AuthMethods(auth, tokens, workers).methods());
        methods.putAll(new UserMethods(auth, new Passwords(settings.tokens().cost()), workers).methods());
        methods.putAll(new RoleMethods(auth).methods());
        return methods;
    }

    private Extension.Host host(Store store, Headers headers, Tokens tokens) {
        HttpUsers users = new HttpUsers(store.image(), tokens, workers);
        return new Extension.Host(settings.name(), store, headers, workers, users);
    }

    private static Tokens tokens(EtcdSettings.Tokens settings) {
        return settings.signing().isPresent()
                ? SignedTokens.of(settings.signing().get(), settings.ttl())
                : new SimpleTokens(new SecureRandom(), settings.ttl().toNanos());
    }

    /**
     * Opens the port.
     *
     * @throws CompletionException with the cause when that is not possible
     */
    public void start() {
        DeploymentOptions instances = new DeploymentOptions().setInstances(settings.eventLoops());
        looking = vertx.setPeriodic(LOOK_MILLIS, ignored -> {
            health.look();
            forwarding.look();
            extension.look().run();
        });
        deployment = vertx.deployVerticle(Listener::new, instances)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Where clients reach it; a port that was left open is known once it is started. */
    public String address() {
        return listening.url(listening.host(), port);
    }

    /** Shows new connections other certificates. */
    public Future<?> serve(ServerSSLOptions tls) {
        forwarding.serve(tls);
        return Future.all(servers.stream()
                .map(server -> server.updateSSLOptions(tls, true))
                .toList());
    }

    /** Calls that the node that writes was handed and has not answered. */
    public int forwarded() {
        return forwarding.under();
    }

    /** Bytes of long answers that clients do not have yet. */
    public long answerMemory() {
        return memory.answers().taken();
    }

    /** Bytes that are counted for large requests which arrive or wait to be answered. */
    public long requestMemory() {
        return memory.requests().usedBytes();
    }

    /** Reads that wait for a thread. */
    public int readsWaiting() {
        return workers.waiting();
    }

    @Override
    public void close() {
        vertx.cancelTimer(looking);
        if (!deployment.isEmpty()) {
            vertx.undeploy(deployment)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .join();
            deployment = "";
        }
        extension.close().run();
        forwarding.close();
        workers.close();
    }

    /**
     * The answers of a group go out together: each of them alone would be a system call. Netty's handler waits for the end
     * of the loop's turn, or for so many answers.
     */
    private static void prepare(HttpConnection connection) {
        ChannelHandlerContext netty = ((HttpServerConnection) connection).channelHandlerContext();
        netty.channel().config().setWriteBufferWaterMark(NEVER_REACHED);
        netty.pipeline().addFirst(new FlushConsolidationHandler(ANSWERS_PER_FLUSH, true));
    }

    /** One event loop's server. */
    private final class Listener extends VerticleBase {
        @Override
        public Future<?> start() {
            Patience patience = new Patience(settings.patience());
            vertx.setPeriodic(LOOK_MILLIS, ignored -> patience.look());
            Loop loop = new Loop(context, patience, new SlowCalls(settings.slow()));
            Handler<HttpServerRequest> grpc = calls.on(loop, vertx);
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(listening.host())
                    .setPort(listening.port() == 0 ? anyForAllLoops : listening.port())
                    // clients cancel as many calls and watches as they like: etcd does not count them
                    .setHttp2RstFloodMaxRstFramePerWindow(Integer.MAX_VALUE)
                    // etcd sets no bound either; what is asked at the same time is bounded by the queues
                    .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(Integer.MAX_VALUE));
            secure(options);
            return vertx.createHttpServer(options)
                    .connectionHandler(EtcdServer::prepare)
                    .requestHandler(request -> {
                        if (Calls.isGrpc(request)) {
                            grpc.handle(request);
                        } else if (Gateway.isMeant(request)) {
                            gateway.answer(request, loop);
                        } else {
                            pages.answer(request, loop);
                        }
                    })
                    .listen()
                    .onSuccess(server -> {
                        port = server.actualPort();
                        servers.add(server);
                    });
        }

        private void secure(HttpServerOptions options) {
            ServerSSLOptions tls = listening.tls();
            if (tls != null) {
                options.setSsl(true)
                        .setUseAlpn(true)
                        .setEnabledSecureTransportProtocols(TLS_VERSIONS)
                        .setKeyCertOptions(tls.getKeyCertOptions())
                        .setTrustOptions(tls.getTrustOptions())
                        .setClientAuth(tls.getClientAuth());
            }
        }
    }
}
