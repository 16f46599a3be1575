package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.tests.scenario.RunningPlatform;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One {@code tidemark up} of the distribution in {@code deploy/target}, on ports of its own. */
public final class PlatformProcess implements RunningPlatform, AutoCloseable {
    private static final long CLOSE_SECONDS = 90;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path home;
    private final Path data;
    private final int httpPort = freePort();
    private final int kafkaPort = freePort();
    private final int etcdPort = freePort();
    private Process process;
    private long launchedNanos;

    private PlatformProcess(Path home, Path data, List<String> options) throws IOException {
        this.home = home;
        this.data = data;
        this.process = launch(options);
    }

    /** Starts it; {@link #awaitReady} tells when it can be used. */
    public static PlatformProcess start(Path data, String... options) throws IOException {
        return startFrom(installation(), data, options);
    }

    /** Starts another distribution than the one just built. */
    static PlatformProcess startFrom(Path home, Path data, String... options) throws IOException {
        return new PlatformProcess(home, data, List.of(options));
    }

    /** Starts it again on the same data folder and ports. */
    public void restart(String... options) throws IOException {
        process = launch(List.of(options));
    }

    private Process launch(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin").resolve("tidemark").toString(),
                "up",
                "--data",
                data.toString(),
                "--set",
                "http.port=" + httpPort,
                "--set",
                "kafka.port=" + kafkaPort,
                "--set",
                "etcd.port=" + etcdPort,
                "--set",
                "correlator.checkpoint.interval=1s"));
        command.addAll(options);
        launchedNanos = System.nanoTime();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    static Path distribution() throws IOException {
        return installation().resolve("bin").resolve("tidemark");
    }

    /** The folder of the distribution. */
    public static Path installation() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("..", "deploy", "target"))) {
            return folders.filter(
                            folder -> Files.isExecutable(folder.resolve("bin").resolve("tidemark")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("deploy has not been packaged"))
                    .toAbsolutePath()
                    .normalize();
        }
    }

    /** A port that nobody listened on a moment ago. */
    public static int freePort() {
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

    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    public int etcdPort() {
        return etcdPort;
    }

    public Path data() {
        return data;
    }

    /** What the core's process prints; the correlator's log is in the data folder. */
    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it says that it is ready and returns how long that took since its launch. */
    public Duration awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive()).as("%s ended, see %s", data, log()).isTrue();
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

    public ProcessHandle core() {
        return process.toHandle();
    }

    /**
     * The correlator's JVM, when it is up. It is known by an option at the beginning of its command line: the system
     * tells the first 4 KiB only, and the class path, behind which the main class stands, is longer.
     */
    public Optional<ProcessHandle> correlator() {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains("correlator-logback.xml"))
                .findFirst();
    }

    /** Ends it as a power cut of the process would: no handler runs. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The core's JVM and what it has started. */
    List<ProcessHandle> processes() {
        return Stream.concat(
                        Stream.of(process.toHandle()),
                        process.descendants()
                                .filter(child -> child.info()
                                        .command()
                                        .filter(command -> command.endsWith("java"))
                                        .isPresent()))
                .toList();
    }

    /** Kills the correlator's JVM only; the platform starts another one. */
    public void killCorrelator() {
        correlator().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Stops or continues a process as the scheduler of a starved machine would. */
    public static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    /** Asks it to end and waits until it has. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(data + " did not end on SIGTERM, see " + log());
        }
    }

    @Override
    public void close() {
        http.close();
        process.descendants().forEach(child -> continueIfStopped(child));
        continueIfStopped(process.toHandle());
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

    private static void continueIfStopped(ProcessHandle process) {
        try {
            signal(process, "CONT");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
