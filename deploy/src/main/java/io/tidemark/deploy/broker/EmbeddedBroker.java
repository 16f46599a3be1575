package io.tidemark.deploy.broker;

import io.tidemark.deploy.StartFailure;
import io.tidemark.deploy.StartFailure.Kind;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.service.Health;
import io.tidemark.service.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.BrokerState;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller inside this process, on one folder. With {@link BrokerPartition}, and the settings it
 * is started with, all of Tidemark that touches Kafka's server classes: they are no public API, so each upgrade of Kafka is
 * checked here and by EmbeddedBrokerIT.
 *
 * <p>The caller owns the folder (see {@link io.tidemark.deploy.DataFolder}); because of that a registration found in it
 * belongs to a process that is gone, and is removed instead of waited for (docs/adr/0003).
 */
public final class EmbeddedBroker implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration CONTROLLER_DEADLINE = Duration.ofSeconds(60);
    /** How long {@link #log} waits for the broker to lead a partition, which takes a moment after its topic was made. */
    public static final Duration LEADER_DEADLINE = Duration.ofSeconds(30);

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(20);

    private final BrokerSettings settings;
    private @Nullable BoundPorts ports;
    private @Nullable ControllerServer controller;
    private volatile @Nullable BrokerServer broker;

    public EmbeddedBroker(BrokerSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "kafka";
    }

    /** `host:port` for clients, known once {@link #bind bound}. */
    public String bootstrapServers() {
        BoundPorts bound = ports;
        if (bound == null) {
            throw new IllegalStateException("the embedded broker has no port yet");
        }
        return settings.host() + ":" + bound.clientPort();
    }

    /** Takes the ports, so that others may be told the address before Kafka is up; clients that connect wait. */
    public void bind() {
        if (ports == null) {
            ports = BoundPorts.bind(settings);
        }
    }

    /** Throws {@link StartFailure} when a port is taken or the log cannot be opened. */
    @Override
    public void start() {
        if (controller != null) {
            throw new IllegalStateException("the embedded broker is already started");
        }
        bind();
        try {
            boot(Objects.requireNonNull(ports));
        } catch (StartFailure e) {
            close();
            throw e;
        } catch (Exception e) {
            // Kafka throws anything from here, also checked exceptions through Scala
            close();
            throw brokenLog(e);
        }
    }

    @Override
    public Health check() {
        BrokerServer running = broker;
        if (running == null) {
            return new Health.Down("not started");
        }
        BrokerState state = running.brokerState();
        return state == BrokerState.RUNNING ? Health.UP : new Health.Down("the broker is " + state);
    }

    /**
     * The log that is one partition of a topic, appended and read in this process. Waits until the broker leads it.
     *
     * @param key of every record that is appended
     * @throws LogUnavailableException when that takes longer than {@link #LEADER_DEADLINE}, or the topic would not flush
     *     each batch
     */
    public TransactionLog log(String topic, int partition, byte[] key)
            throws LogUnavailableException, InterruptedException {
        BrokerServer running = broker;
        if (running == null) {
            throw new IllegalStateException("the embedded broker is not started");
        }
        BrokerPartition found = BrokerPartition.ready(
                running.replicaManager(), new TopicPartition(topic, partition), LEADER_DEADLINE.toMillis());
        return new EmbeddedLog(found, running.clusterId(), key);
    }

    @Override
    public boolean vital() {
        return true;
    }

    @Override
    public void close() {
        BrokerServer running = broker;
        broker = null;
        if (running != null) {
            running.shutdown(CLOSE_DEADLINE);
        }
        if (controller != null) {
            controller.shutdown();
            controller = null;
        }
        if (ports != null) {
            ports.close();
        }
    }

    private void boot(BoundPorts bound) throws Exception {
        long began = System.nanoTime();
        boolean stoppedCleanly = prepareFolder();
        Properties properties = settings.properties(bound.clientPort(), bound.controllerPort());
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        var found = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = found._1().clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                found._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        Map.of(BrokerSettings.NODE_ID, new InetSocketAddress(settings.host(), bound.controllerPort()))),
                List.<InetSocketAddress>of(),
                new BrokerFaults(settings.folder()),
                bound);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), found._2());
        controller.startup();
        if (!stoppedCleanly) {
            forgetDeadBroker(controller);
        }
        BrokerServer starting = new BrokerServer(shared);
        broker = starting;
        starting.startup();
        LOG.info(
                "Embedded Kafka is ready: address={} folder={} afterMillis={}",
                bootstrapServers(),
                settings.folder(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    /** True when there is no earlier registration that could stand in the way. */
    private boolean prepareFolder() throws Exception {
        Path folder = settings.folder();
        if (Files.exists(folder.resolve("meta.properties"))) {
            return Files.exists(folder.resolve(".kafka_cleanshutdown"));
        }
        requireEmpty(folder);
        Files.createDirectories(folder);
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    // with one replica there is nobody else who could be eligible
                    .setFeatureLevel("eligible.leader.replicas.version", (short) 0)
                    .run();
        }
        return true;
    }

    /** A log without its meta.properties would be formatted over and its topics silently forgotten. */
    private static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            if (entries.anyMatch(Files::isDirectory)) {
                throw new StartFailure(
                        Kind.FOLDER_CORRUPT,
                        "the Kafka log in " + folder + " is corrupt: it has records but no meta.properties",
                        "restore the folder from a backup, or start on a new one with --data-dir");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes the registration of the process that used the folder before and did not stop cleanly. Left alone, the
     * controller would believe in it for a whole session timeout and refuse us for as long.
     */
    private static void forgetDeadBroker(ControllerServer controller) throws Exception {
        long deadline = System.nanoTime() + CONTROLLER_DEADLINE.toNanos();
        while (true) {
            try {
                var context = new ControllerRequestContext(
                        new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.of(deadline));
                controller
                        .controller()
                        .unregisterBroker(context, BrokerSettings.NODE_ID)
                        .get(CONTROLLER_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                LOG.info("Removed the registration that an earlier process left behind");
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof BrokerIdNotRegisteredException) {
                    return;
                }
                if (!(e.getCause() instanceof NotControllerException) || System.nanoTime() > deadline) {
                    throw e;
                }
                // the only voter is about to elect itself
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private StartFailure brokenLog(Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new StartFailure(
                Kind.BROKER_FAILED,
                "the embedded Kafka cannot open its log in " + settings.folder() + ": " + why,
                "restore the data folder from a backup, or start on a new one with --data-dir;"
                        + " the log has the details",
                cause);
    }
}
