package io.tidemark.deploy;

import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.deploy.broker.BrokerSettings;
import io.tidemark.deploy.broker.EmbeddedBroker;
import io.tidemark.deploy.broker.EmbeddedLogHome;
import io.tidemark.deploy.broker.KafkaCluster;
import io.tidemark.deploy.broker.TopicHome;
import io.tidemark.deploy.broker.TopicService;
import io.tidemark.deploy.correlator.ChildCommand;
import io.tidemark.deploy.correlator.CorrelatorProcess;
import io.tidemark.deploy.registry.RegistryService;
import io.tidemark.ingest.audit.UnreadableListException;
import io.tidemark.ingest.door.AuditDoors;
import io.tidemark.query.QuerySide;
import io.tidemark.revision.KafkaLogHome;
import io.tidemark.revision.LogHome;
import io.tidemark.revision.RevisionStore;
import io.tidemark.service.Config;
import io.tidemark.service.Health;
import io.tidemark.service.Service;
import io.tidemark.service.Services;
import io.tidemark.topic.RegistryConfig;
import io.tidemark.topic.SchemaCatalogue;
import io.tidemark.topic.SchemaRegistries;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All of Tidemark in one process, and what starts in which order:
 *
 * <pre>
 *   data folder -> correlator's JVM (waits for its topic) - - - - - - - - - - - - - - - - .
 *               -> Kafka (unless an own cluster is set) -> topics -> schema registry (if one is set)
 *               -> keyspaces -> query side -> doors -> HTTP;
 *                  ready when the correlator is, too
 * </pre>
 */
final class Platform implements AutoCloseable {
    private static final int WORKERS = 4;

    /** What of it others get to see. */
    private record Parts(String kafka, CorrelatorProcess correlator, AuditDoors doors, List<RevisionStore> keyspaces) {}

    private final Ground ground;
    private final Parts own;
    private final Services services;
    private final PlatformMeters meters;

    private Platform(Ground ground, Parts own, Services services, PlatformMeters meters) {
        this.ground = ground;
        this.own = own;
        this.services = services;
        this.meters = meters;
    }

    /** Reads the TLS files, takes the data folder and the ports and puts everything together; nothing runs before {@link #start}. */
    static Platform assemble(Config config, Installation installation) {
        Ground ground = Ground.take(config, WORKERS);
        DataFolder folder = ground.folder();
        List<Service> parts = new ArrayList<>();
        Optional<EmbeddedBroker> broker = embeddedKafka(config, folder);
        broker.ifPresent(parts::add);
        String kafka = broker.map(EmbeddedBroker::bootstrapServers).orElseGet(() -> clusterOfTheUser(config, parts));
        parts.add(new TopicService(
                broker.isPresent()
                        ? TopicHome.embedded(kafka, config.get(CorrelatorConfig.PARALLELISM))
                        : TopicHome.cluster(kafka)));
        registry(config, installation).ifPresent(parts::add);
        CorrelatorProcess correlator = Correlator.process(config, installation, folder, kafka);
        parts.add(correlator);
        PlatformMeters meters = ground.platformMeters(broker.isPresent());
        meters.correlator(correlator);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka);
        QuerySide query = QuerySide.open(config, folder.index(), client, ground.meters());
        AuditDoors doors = doors(ground, client, broker.isPresent());
        LogHome logs = broker.<LogHome>map(EmbeddedLogHome::new).orElseGet(() -> KafkaLogHome.of(client, config));
        List<RevisionStore> keyspaces = ground.keyspaces(logs, parts);
        parts.addAll(List.of(query, doors, ground.http()));

        Services services = ground.services(parts, meters);
        doors.mount(ground.http().router());
        query.mount(ground.http().router());
        return new Platform(ground, new Parts(kafka, correlator, doors, keyspaces), services, meters);
    }

    private static Optional<Service> registry(Config config, Installation installation) {
        String url = config.get(RegistryConfig.URL);
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistryService(
                        SchemaRegistries.open(installation.registryJars(), url, config.get(RegistryConfig.TIMEOUT)),
                        SchemaCatalogue.bundled(),
                        config.get(RegistryConfig.RETRY)));
    }

    /** Empty when there is a cluster of the user's. */
    private static Optional<EmbeddedBroker> embeddedKafka(Config config, DataFolder folder) {
        if (!config.get(DeployConfig.KAFKA).isEmpty()) {
            return Optional.empty();
        }
        BrokerSettings settings = BrokerSettings.at(folder.kafka(), config.get(DeployConfig.KAFKA_PORT))
                .withSessionTimeout(config.get(DeployConfig.KAFKA_SESSION));
        EmbeddedBroker broker = new EmbeddedBroker(settings);
        broker.bind();
        return Optional.of(broker);
    }

    /** What is wrong with their files or limits is told in one line. */
    private static AuditDoors doors(Ground ground, Map<String, Object> kafka, boolean embedded) {
        AuditDoors.Place place =
                new AuditDoors.Place(ground.folder().doors(), embedded ? Optional.of(ground.disk()) : Optional.empty());
        try {
            return AuditDoors.open(ground.config(), ground.vertx(), place, kafka, ground.meters());
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
        // half of a start is the correlator's JVM coming up: it does so beside all else, and waits for its topic
        own.correlator().start();
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

    /** Takes an EventList in without HTTP; tells how many of its events are durable. */
    CompletableFuture<Integer> take(String cluster, byte[] list) throws UnreadableListException {
        return own.doors().take(cluster, list);
    }

    String httpAddress() {
        return ground.http().address();
    }

    List<RevisionStore> keyspaces() {
        return own.keyspaces();
    }

    String kafkaAddress() {
        return own.kafka();
    }

    /** How the correlator's JVM is started. */
    ChildCommand correlatorCommand() {
        return own.correlator().command();
    }

    DataFolder folder() {
        return ground.folder();
    }

    @Override
    public void close() {
        services.close();
        own.correlator().close(); // started before its turn, it may never have had it
        ground.close();
    }
}
