package io.tidemark.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.deploy.broker.KafkaCluster;
import io.tidemark.deploy.broker.TopicHome;
import io.tidemark.deploy.broker.TopicService;
import io.tidemark.deploy.http.EtcdTls;
import io.tidemark.deploy.http.HttpEdge;
import io.tidemark.deploy.http.OpsRoutes;
import io.tidemark.revision.KafkaLogHome;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionStore;
import io.tidemark.service.Config;
import io.tidemark.service.HealthPage;
import io.tidemark.service.HealthWatch;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.tidemark.service.Services;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The revision store alone, as one of several nodes on a Kafka cluster, and what starts in which order:
 *
 * <pre>
 *   data folder -> Kafka (is asked) -> topics -> keyspaces -> HTTP: health and metrics
 * </pre>
 */
final class StoreNode implements AutoCloseable {
    private static final long VERTX_CLOSE_SECONDS = 10;

    private final DataFolder folder;
    private final Vertx vertx;
    private final HttpEdge http;
    private final List<RevisionStore> keyspaces;
    private final Services services;

    private StoreNode(DataFolder folder, Vertx vertx, HttpEdge http, List<RevisionStore> keyspaces, Services services) {
        this.folder = folder;
        this.vertx = vertx;
        this.http = http;
        this.keyspaces = keyspaces;
        this.services = services;
    }

    /** Takes the data folder and the ports and puts everything together; nothing runs before {@link #start}. */
    static StoreNode assemble(Config config) {
        String kafka = config.get(DeployConfig.KAFKA);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
        HttpEdge http = new HttpEdge(vertx, Listening.settings(config));
        Optional<EtcdTls> tls = Listening.etcdTls(config, vertx);
        DataFolder folder = DataFolder.open(config.get(DeployConfig.DATA_DIR), config.get(DeployConfig.DATA_FREE));
        http.requireFreePort();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters meters = new Meters(registry);
        PlatformMeters own = new PlatformMeters(meters, registry.getPrometheusRegistry(), false);
        own.folder(folder, false);
        KafkaLogHome logs = new KafkaLogHome(Map.of("bootstrap.servers", kafka), config.get(RevisionConfig.ELECTION));
        List<RevisionStore> keyspaces = Keyspaces.of(
                new RevisionStore.Shared(config, vertx, meters, registry::scrape, EtcdTls.options(tls)), folder, logs);
        List<Service> parts =
                new ArrayList<>(List.of(new KafkaCluster(kafka), new TopicService(TopicHome.cluster(kafka))));
        parts.addAll(keyspaces);
        tls.ifPresent(certificates -> parts.add(certificates.of(keyspaces)));
        parts.add(http);
        Services services = new Services(parts, config.get(DeployConfig.CLOSE_DEADLINE));
        own.parts(services);
        OpsRoutes.mount(http.router(), vertx, new HealthPage(services), registry);
        OpsRoutes.mountStatus(
                http.router(), vertx, new HealthWatch(services, InstantSource.system()), VersionCommand.version());
        return new StoreNode(folder, vertx, http, keyspaces, services);
    }

    void start() {
        services.start();
    }

    List<RevisionStore> keyspaces() {
        return keyspaces;
    }

    String httpAddress() {
        return http.address();
    }

    DataFolder folder() {
        return folder;
    }

    @Override
    public void close() {
        services.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        folder.close();
    }
}
