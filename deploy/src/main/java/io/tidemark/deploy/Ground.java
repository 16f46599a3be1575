package io.tidemark.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.deploy.http.EtcdTls;
import io.tidemark.deploy.http.HttpEdge;
import io.tidemark.deploy.http.OpsRoutes;
import io.tidemark.revision.LogHome;
import io.tidemark.revision.RevisionStore;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.service.Config;
import io.tidemark.service.DiskRoom;
import io.tidemark.service.HealthPage;
import io.tidemark.service.HealthWatch;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.tidemark.service.Services;
import io.tidemark.watch.WatchFanout;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What every node stands on, whatever else it does.
 *
 * @param disk that of the data folder
 * @param tls of the etcd ports; empty when they speak none
 * @param registry what {@code /metrics} shows; of it, {@code meters} are the part that is declared
 */
record Ground(
        Config config,
        DataFolder folder,
        DiskRoom disk,
        Vertx vertx,
        HttpEdge http,
        Optional<EtcdTls> tls,
        PrometheusMeterRegistry registry,
        Meters meters) {
    private static final int EVENT_LOOPS = 2;
    private static final long VERTX_CLOSE_SECONDS = 10;

    /**
     * Reads the TLS files, takes the data folder and looks whether the HTTP port is free.
     *
     * @param workers threads for what would hold up an event loop
     */
    static Ground take(Config config, int workers) {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(workers));
        HttpEdge http = new HttpEdge(vertx, Listening.settings(config));
        Optional<EtcdTls> tls = Listening.etcdTls(config, vertx);
        DataFolder folder = DataFolder.open(config.get(DeployConfig.DATA_DIR), config.get(DeployConfig.DATA_FREE));
        http.requireFreePort();
        DiskRoom disk = new DiskRoom(
                folder.root(), DeployConfig.DATA_FREE_WRITES.name(), config.get(DeployConfig.DATA_FREE_WRITES));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return new Ground(config, folder, disk, vertx, http, tls, registry, new Meters(registry));
    }

    /** @param embedded whether Kafka is in this process */
    PlatformMeters platformMeters(boolean embedded) {
        PlatformMeters own = new PlatformMeters(meters, registry.getPrometheusRegistry(), embedded);
        own.folder(folder, embedded);
        return own;
    }

    /** Makes the keyspaces, when their ports are free, and adds them, with what keeps their certificates new, to the parts. */
    List<RevisionStore> keyspaces(LogHome logs, List<Service> parts) {
        WatchFanout watches = new WatchFanout(config, meters);
        watches.mount(http.router());
        EtcdServer.Additions additions = new EtcdServer.Additions(registry::scrape, watches);
        RevisionStore.Shared shared =
                new RevisionStore.Shared(config, vertx, meters, additions, disk, EtcdTls.options(tls));
        List<RevisionStore> keyspaces = Keyspaces.of(shared, folder, logs);
        parts.addAll(keyspaces);
        tls.ifPresent(certificates -> parts.add(certificates.of(keyspaces)));
        return keyspaces;
    }

    /** All parts, in the order of their start, and pages on how they are. */
    Services services(List<Service> parts, PlatformMeters own) {
        Services services = new Services(parts, config.get(DeployConfig.CLOSE_DEADLINE));
        own.parts(services);
        OpsRoutes.mount(http.router(), vertx, new HealthPage(services), registry);
        HealthWatch watch = new HealthWatch(services, InstantSource.system());
        OpsRoutes.mountStatus(http.router(), vertx, watch, VersionCommand.version());
        return services;
    }

    /** When no part is up any more. */
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        folder.close();
    }
}
