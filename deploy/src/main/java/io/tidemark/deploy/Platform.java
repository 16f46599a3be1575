package io.tidemark.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.deploy.broker.BrokerSettings;
import io.tidemark.deploy.broker.EmbeddedBroker;
import io.tidemark.deploy.broker.KafkaCluster;
import io.tidemark.deploy.broker.TopicService;
import io.tidemark.deploy.correlator.ChildCommand;
import io.tidemark.deploy.correlator.CorrelatorProcess;
import io.tidemark.deploy.http.HttpEdge;
import io.tidemark.deploy.http.OpsRoutes;
import io.tidemark.ingest.door.AuditDoors;
import io.tidemark.query.QuerySide;
import io.tidemark.service.Config;
import io.tidemark.service.Health;
import io.tidemark.service.HealthPage;
import io.tidemark.service.HealthWatch;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.tidemark.service.Services;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * All of Tidemark in one process, and what starts in which order:
 *
 * <pre>
 *   data folder -> Kafka (unless an own cluster is set) -> topics -> correlator's JVM -> query side -> doors -> HTTP
 * </pre>
 */
final class Platform implements AutoCloseable {
    private static final long VERTX_CLOSE_SECONDS = 10;

    /** What all parts stand on. */
    private record Ground(DataFolder folder, Vertx vertx, String kafka, ChildCommand child) {}

    private final Ground ground;
    private final HttpEdge http;
    private final Services services;
    private final PlatformMeters meters;

    private Platform(Ground ground, HttpEdge http, Services services, PlatformMeters meters) {
        this.ground = ground;
        this.http = http;
        this.services = services;
        this.meters = meters;
    }

    /** Takes the data folder and the ports and puts everything together; nothing runs before {@link #start}. */
    static Platform assemble(Config config, Installation installation) {
        DataFolder folder = DataFolder.open(config.get(DeployConfig.DATA_DIR), config.get(DeployConfig.DATA_FREE));
        List<Service> parts = new ArrayList<>();

        boolean embedded = config.get(DeployConfig.KAFKA).isEmpty();
        String kafka = embedded ? embeddedKafka(config, folder, parts) : clusterOfTheUser(config, parts);
        parts.add(new TopicService(kafka, embedded));
        CorrelatorProcess correlator = Correlator.process(config, installation, folder, kafka);
        parts.add(correlator);

        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka);
        HttpEdge http = new HttpEdge(vertx, config.get(DeployConfig.HTTP_HOST), config.get(DeployConfig.HTTP_PORT));
        http.requireFreePort();
        Meters meters = new Meters(registry);
        PlatformMeters own = new PlatformMeters(meters, registry.getPrometheusRegistry(), embedded);
        own.folder(folder, embedded);
        own.correlator(correlator);
        QuerySide query = QuerySide.open(config, folder.index(), client, meters);
        AuditDoors doors = doors(config, vertx, folder, client, meters);
        parts.addAll(List.of(query, doors, http));

        Services services = new Services(parts, config.get(DeployConfig.CLOSE_DEADLINE));
        own.parts(services);
        OpsRoutes.mount(http.router(), vertx, new HealthPage(services), registry);
        HealthWatch watch = new HealthWatch(services, InstantSource.system());
        OpsRoutes.mountStatus(http.router(), vertx, watch, VersionCommand.version());
        doors.mount(http.router());
        query.mount(http.router());
        return new Platform(new Ground(folder, vertx, kafka, correlator.command()), http, services, own);
    }

    private static String embeddedKafka(Config config, DataFolder folder, List<Service> parts) {
        BrokerSettings settings = BrokerSettings.at(folder.kafka(), config.get(DeployConfig.KAFKA_PORT))
                .withSessionTimeout(config.get(DeployConfig.KAFKA_SESSION));
        EmbeddedBroker broker = new EmbeddedBroker(settings);
        broker.bind();
        parts.add(broker);
        return broker.bootstrapServers();
    }

    /** What is wrong with their files or limits is told in one line. */
    private static AuditDoors doors(
            Config config, Vertx vertx, DataFolder folder, Map<String, Object> kafka, Meters meters) {
        try {
            return AuditDoors.open(config, vertx, folder.doors(), kafka, meters);
        } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new StartFailure(
                    StartFailure.Kind.DOORS_UNUSABLE,
                    "the audit doors cannot be opened: " + e.getMessage(),
                    "correct the setting or the file named; `tidemark config explain audit` tells what each one means",
                    e);
        }
    }

    private static String clusterOfTheUser(Config config, List<Service> parts) {
        String kafka = config.get(DeployConfig.KAFKA);
        parts.add(new KafkaCluster(kafka));
        return kafka;
    }

    /** Returns when the doors are open; the correlator may still be coming up. */
    void start() {
        services.start();
    }

    Map<String, Health> check() {
        return services.check();
    }

    boolean isReady() {
        return check().values().stream().noneMatch(Health.Down.class::isInstance);
    }

    /** Notes that everything is ready for the first time; returns the seconds since the start of the JVM. */
    double noteReady() {
        return meters.ready();
    }

    String httpAddress() {
        return http.address();
    }

    String kafkaAddress() {
        return ground.kafka();
    }

    /** How the correlator's JVM is started. */
    ChildCommand correlatorCommand() {
        return ground.child();
    }

    DataFolder folder() {
        return ground.folder();
    }

    @Override
    public void close() {
        services.close();
        ground.vertx()
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        ground.folder().close();
    }
}
