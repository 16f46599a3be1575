package io.tidemark.tests.conformance;

import io.grpc.ClientCall;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.revision.LogHome;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionStore;
import io.tidemark.revision.ServedKeyspace;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.tidemark.service.ConfigLoader;
import io.tidemark.service.DiskRoom;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.MetricSpec;
import io.tidemark.watch.WatchConfig;
import io.tidemark.watch.WatchFanout;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The whole store behind its port, on a log in memory: everything between a client's socket and the log is as it is. */
final class StoreEndpoint implements EtcdEndpoint, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(5);
    /** The setting for the bytes that are to be free on the disk, which is not the store's. */
    static final String FREE = "data.free.writes";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RevisionStore store;
    private final GrpcEndpoint client;
    private final WatchFanout watches;
    private final Vertx vertx;
    private @Nullable HttpServer http;

    /** A fresh one, with etcd's quota. */
    StoreEndpoint(Vertx vertx, Path folder) {
        this(vertx, folder, (keyspace, codec) -> new MemoryLog(codec.key()), Map.of());
    }

    /** A fresh one, with a quota in bytes. */
    StoreEndpoint(Vertx vertx, Path folder, long quota) {
        this(
                vertx,
                folder,
                (keyspace, codec) -> new MemoryLog(codec.key()),
                Map.of(RevisionConfig.QUOTA.name(), String.valueOf(quota)));
    }

    /** @param settings besides those that a test needs */
    StoreEndpoint(Vertx vertx, Path folder, LogHome log, Map<String, String> settings) {
        this(vertx, folder, log, settings, null);
    }

    /** @param tls of the port, which can only be asked by others then; null for none */
    StoreEndpoint(Vertx vertx, Path folder, Map<String, String> settings, @Nullable ServerSSLOptions tls) {
        this(vertx, folder, (keyspace, codec) -> new MemoryLog(codec.key()), settings, tls);
    }

    /** @param tls of the port; null for none */
    StoreEndpoint(Vertx vertx, Path folder, LogHome log, Map<String, String> settings, @Nullable ServerSSLOptions tls) {
        Map<String, String> flags = new HashMap<>(settings);
        flags.remove(FREE);
        flags.putIfAbsent(RevisionConfig.PORT.name(), "0");
        flags.put(RevisionConfig.EVENT_LOOPS.name(), "2");
        flags.putIfAbsent(RevisionConfig.QUOTA.name(), String.valueOf(Programs.quota("")));
        flags.put(RevisionConfig.PASSWORD_COST.name(), "4");
        List<ConfigKey<?>> keys = Stream.of(RevisionConfig.KEYS, WatchConfig.KEYS)
                .<ConfigKey<?>>flatMap(List::stream)
                .toList();
        Config config = new ConfigLoader(keys).flags(flags).load();
        Meters meters = new Meters(registry);
        this.vertx = vertx;
        watches = new WatchFanout(config, meters);
        DiskRoom disk = new DiskRoom(folder, FREE, Long.parseLong(settings.getOrDefault(FREE, "0")));
        EtcdServer.Additions additions = new EtcdServer.Additions(() -> "", watches);
        store = new RevisionStore(
                new RevisionStore.Shared(config, vertx, meters, additions, disk, tls),
                ServedKeyspace.of(config).getFirst(),
                folder,
                log);
        store.start();
        Awaitility.await().atMost(PATIENCE).pollInterval(POLL).until(() -> !(store.check() instanceof Health.Down));
        client = new GrpcEndpoint(port());
    }

    /** A figure of the store's, or of its watches. */
    double gauge(MetricSpec metric) {
        return registry.get(metric.metricName()).gauge().value();
    }

    /** How often something happened, by the values of all tags but the keyspace. */
    double counter(MetricSpec metric, String... values) {
        String name = metric.metricName().replace("_total", "");
        RequiredSearch search = registry.get(name);
        for (int i = 0; i < values.length; i++) {
            search = search.tag(metric.tags().get(i + 1).name(), values[i]);
        }
        return search.counter().count();
    }

    /** The same of what is counted elsewhere and only read by the registry. */
    double counted(MetricSpec metric) {
        return registry.get(metric.metricName().replace("_total", ""))
                .functionCounter()
                .count();
    }

    /** A call whose answer nobody reads. */
    ClientCall<byte[], byte[]> unread(String method, byte[] request) {
        return client.unread(method, request);
    }

    WatchClient watches() {
        return client.watches("", false);
    }

    /** With a token, for who has one; with or without giving up when nobody writes. */
    WatchClient watches(String token, boolean hasLeader) {
        return client.watches(token, hasLeader);
    }

    /** The messages of an answer as they come. */
    Iterator<byte[]> messages(String method, byte[] request) {
        return client.messages(method, request);
    }

    /** The messages of the answer to several. */
    List<byte[]> conversation(String method, List<byte[]> requests) {
        return client.conversation(method, requests);
    }

    /** Where its watch topics are, on a port that is opened when this is asked first. */
    synchronized URI topics() {
        if (http == null) {
            Router router = Router.router(vertx);
            watches.mount(router);
            // as the platform's port
            http = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        return URI.create("http://127.0.0.1:" + http.actualPort() + "/api/v1/watch");
    }

    RevisionStore store() {
        return store;
    }

    int port() {
        return URI.create(store.address()).getPort();
    }

    @Override
    public Answer call(String method, byte[] request) {
        return client.call(method, request);
    }

    @Override
    public CompletableFuture<Answer> ask(String method, byte[] request) {
        return client.ask(method, request);
    }

    @Override
    public Answer call(String method, byte[] request, String token) {
        return client.call(method, request, token);
    }

    @Override
    public Talk begin(String method, byte[] request, String token) {
        return client.begin(method, request, token);
    }

    @Override
    public void close() {
        client.close();
        HttpServer open = http;
        if (open != null) {
            open.close().toCompletionStage().toCompletableFuture().join();
        }
        store.close();
    }
}
