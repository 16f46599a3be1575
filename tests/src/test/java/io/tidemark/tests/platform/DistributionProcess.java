package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process of the distribution that serves, on ports and a folder of its own; it may be started several times. */
abstract class DistributionProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Of the log of one that ended; the folder with the whole of it may be gone when the failure is read. */
    private static final int LAST_LINES = 40;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path program;
    private final Path data;
    private final int httpPort = FreePorts.next();
    private final int etcdPort = FreePorts.next();
    private Process process;
    private long launchedNanos;

    /**
     * Starts it; {@link #awaitReady} tells when it can be used.
     *
     * @param home of the distribution
     * @param command {@code up} or another one that serves
     */
    DistributionProcess(Path home, String command, Path data, Stream<String> options) throws IOException {
        this.program = home.resolve("bin").resolve("tidemark");
        this.data = data;
        this.process = launch(command, options);
    }

    /** Starts it again on the same data folder and ports. */
    final void relaunch(String command, Stream<String> options) throws IOException {
        process = launch(command, options);
    }

    private Process launch(String command, Stream<String> options) throws IOException {
        Stream<String> fixed = Stream.of(
                program.toString(),
                command,
                "--data",
                data.toString(),
                "--set",
                "http.port=" + httpPort,
                "--set",
                "etcd.port=" + etcdPort);
        List<String> line = Stream.concat(fixed, options).toList();
        launchedNanos = System.nanoTime();
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    final Process process() {
        return process;
    }

    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    public int etcdPort() {
        return etcdPort;
    }

    public Path data() {
        return data;
    }

    /** What it prints. */
    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it says that it is ready and returns how long that took since its launch. */
    public Duration awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "%s ended; the end of %s:%n%s".formatted(data, log(), endOfLog()))
                    .isTrue();
            return status("/readyz") == 200;
        });
        return sinceLaunch();
    }

    public Duration sinceLaunch() {
        return Duration.ofNanos(System.nanoTime() - launchedNanos);
    }

    /** The status that a GET is answered with; 0 while nobody answers. */
    public int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(baseUri().resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Ends it as a power cut of the process would: no handler runs. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        http.close();
    }
}
