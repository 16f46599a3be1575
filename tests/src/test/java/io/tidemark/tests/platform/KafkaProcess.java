package io.tidemark.tests.platform;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker as its project ships it, in a process of its own: somebody else's cluster. */
public final class KafkaProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final int port = PlatformProcess.freePort();
    private Process process;

    private KafkaProcess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.createDirectories(folder);
        Files.writeString(properties(), settings());
        Process format = java(
                "kafka.tools.StorageTool",
                List.of(
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        properties().toString()));
        if (format.waitFor() != 0) {
            throw new IllegalStateException("the broker's folder could not be formatted, see " + log());
        }
        process = broker();
    }

    /** Formats the folder and starts a broker; returns when it answers. */
    public static KafkaProcess start(Path folder) throws IOException, InterruptedException {
        KafkaProcess kafka = new KafkaProcess(folder);
        kafka.awaitAnswer();
        return kafka;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on its folder and port; returns when it answers. */
    public void restart() throws IOException {
        process = broker();
        awaitAnswer();
    }

    private Process broker() throws IOException {
        return java("kafka.Kafka", List.of(properties().toString()));
    }

    private void awaitAnswer() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
                return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
            }
        });
    }

    private Process java(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                PlatformProcess.installation().resolve("lib") + "/*",
                main));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    /** One node, and otherwise Kafka's own defaults, the retention of a careful owner among them. */
    private String settings() {
        int controllerPort = PlatformProcess.freePort();
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=2
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                auto.create.topics.enable=false
                log.retention.hours=1
                """.formatted(port, controllerPort, folder.resolve("logs"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
