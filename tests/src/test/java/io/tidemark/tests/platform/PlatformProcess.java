package io.tidemark.tests.platform;

import io.tidemark.tests.scenario.RunningPlatform;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One {@code tidemark up} of the distribution in {@code deploy/target}, on ports of its own. */
final class PlatformProcess implements RunningPlatform, AutoCloseable {
    private static final long CLOSE_SECONDS = 60;

    private final Path data;
    private final int httpPort = freePort();
    private final int kafkaPort = freePort();
    private Process process;

    private PlatformProcess(Path data, List<String> options) throws IOException {
        this.data = data;
        this.process = launch(options);
    }

    static PlatformProcess start(Path data, String... options) throws IOException {
        return new PlatformProcess(data, List.of(options));
    }

    /** Starts it again on the same data folder and ports. */
    void restart(String... options) throws IOException {
        process = launch(List.of(options));
    }

    private Process launch(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                distribution().toString(),
                "up",
                "--data",
                data.toString(),
                "--set",
                "http.port=" + httpPort,
                "--set",
                "kafka.port=" + kafkaPort,
                "--set",
                "correlator.checkpoint.interval=1s"));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    static Path distribution() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("..", "deploy", "target"))) {
            return folders.map(folder -> folder.resolve("bin").resolve("tidemark"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("deploy has not been packaged"))
                    .toAbsolutePath()
                    .normalize();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    @Override
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power cut of the process would: no handler runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Kills the correlator's JVM only; the platform starts another one. */
    void killCorrelator() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
