package io.tidemark.tests.kafka;

import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker as its project ships it, in a process of its own: somebody else's cluster. */
public final class KafkaProcess implements AutoCloseable {
    private static final long ANSWER_SECONDS = 120;
    private static final long POLL_MILLIS = 100;

    private final Path home;
    private final Path folder;
    private final Cluster cluster;
    private final int number;
    private final int port = FreePorts.next();
    private Process process;

    /** What all brokers of a cluster are told. The first of them is its controller, too. */
    private record Cluster(String id, int brokers, int controllerPort) {
        Cluster(int brokers) {
            this(Uuid.randomUuid().toString(), brokers, FreePorts.next());
        }
    }

    private KafkaProcess(Path home, Path folder, Cluster cluster, int number) throws IOException, InterruptedException {
        this.home = home;
        this.folder = folder;
        this.cluster = cluster;
        this.number = number;
        Files.createDirectories(folder);
        Files.writeString(properties(), settings());
        Process format = java(
                "kafka.tools.StorageTool",
                List.of("format", "-t", cluster.id, "-c", properties().toString()));
        if (format.waitFor() != 0) {
            throw new IllegalStateException("the broker's folder could not be formatted, see " + log());
        }
        process = broker();
    }

    /**
     * Formats the folder and starts a broker; returns when it answers.
     *
     * @param home of the distribution, whose libraries hold Kafka
     */
    public static KafkaProcess start(Path home, Path folder) throws IOException, InterruptedException {
        return start(home, folder, 1).getFirst();
    }

    /**
     * Starts a cluster of several brokers, of which the first is the controller and should not be killed. Topics have a copy
     * on each broker, and a write waits for all but one.
     *
     * @param home of the distribution, whose libraries hold Kafka
     */
    public static List<KafkaProcess> start(Path home, Path folder, int brokers)
            throws IOException, InterruptedException {
        Cluster cluster = new Cluster(brokers);
        List<KafkaProcess> all = new ArrayList<>();
        for (int number = 1; number <= brokers; number++) {
            all.add(new KafkaProcess(home, folder.resolve("broker" + number), cluster, number));
        }
        for (KafkaProcess broker : all) {
            broker.awaitAnswer(brokers);
        }
        return all;
    }

    public long pid() {
        return process.pid();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on its folder and port; returns when it answers. */
    public void restart() throws IOException, InterruptedException {
        process = broker();
        awaitAnswer(1);
    }

    private Process broker() throws IOException {
        return java("kafka.Kafka", List.of(properties().toString()));
    }

    private void awaitAnswer(int brokers) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (known() < brokers) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker does not answer, see " + log());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** How many brokers this one knows of; 0 while it does not answer. */
    private int known() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        }
    }

    private Process java(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                home.resolve("lib") + "/*",
                main));
        command.addAll(arguments);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(started::destroyForcibly)); // whoever is interrupted leaves none
        return started;
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    /** As docs/how-to/several-nodes.md asks for; otherwise Kafka's own defaults, the retention of a careful owner among them. */
    private String settings() {
        boolean controls = number == 1;
        String own = controls ? ",CONTROLLER://127.0.0.1:" + cluster.controllerPort : "";
        return """
                process.roles=%1$s
                node.id=%2$d
                controller.quorum.voters=1@127.0.0.1:%3$d
                listeners=PLAINTEXT://127.0.0.1:%4$d%5$s
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%6$s
                default.replication.factor=%7$d
                min.insync.replicas=%8$d
                offsets.topic.replication.factor=%7$d
                offsets.topic.num.partitions=2
                transaction.state.log.replication.factor=%7$d
                transaction.state.log.min.isr=1
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                auto.create.topics.enable=false
                log.retention.hours=1
                """.formatted(
                        controls ? "broker,controller" : "broker",
                        number,
                        cluster.controllerPort,
                        port,
                        own,
                        folder.resolve("logs"),
                        cluster.brokers,
                        Math.max(1, cluster.brokers - 1));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
