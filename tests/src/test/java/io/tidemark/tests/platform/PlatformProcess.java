package io.tidemark.tests.platform;

import io.tidemark.tests.ports.FreePorts;
import io.tidemark.tests.scenario.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One {@code tidemark up} of the distribution in {@code deploy/target}, on ports of its own. */
public final class PlatformProcess extends DistributionProcess implements RunningPlatform {
    private static final long CLOSE_SECONDS = 90;

    private final int kafkaPort;

    private PlatformProcess(Path home, Path data, int kafkaPort, List<String> options) throws IOException {
        super(home, "up", data, options(kafkaPort, options));
        this.kafkaPort = kafkaPort;
    }

    /** Starts it; {@link #awaitReady} tells when it can be used. */
    public static PlatformProcess start(Path data, String... options) throws IOException {
        return startFrom(installation(), data, options);
    }

    /** Starts another distribution than the one just built. */
    static PlatformProcess startFrom(Path home, Path data, String... options) throws IOException {
        return new PlatformProcess(home, data, FreePorts.next(), List.of(options));
    }

    /** Starts it again on the same data folder and ports. */
    public void restart(String... options) throws IOException {
        relaunch("up", options(kafkaPort, List.of(options)));
    }

    private static Stream<String> options(int kafkaPort, List<String> further) {
        return Stream.concat(
                Stream.of("--set", "kafka.port=" + kafkaPort, "--set", "correlator.checkpoint.interval=1s"),
                further.stream());
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

    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    public ProcessHandle core() {
        return process().toHandle();
    }

    /**
     * The correlator's JVM, when it is up. It is known by an option at the beginning of its command line: the system
     * tells the first 4 KiB only, and the class path, behind which the main class stands, is longer.
     */
    public Optional<ProcessHandle> correlator() {
        return process()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("correlator-logback.xml"))
                .findFirst();
    }

    /** The core's JVM and what it has started. */
    List<ProcessHandle> processes() {
        return Stream.concat(
                        Stream.of(process().toHandle()),
                        process()
                                .descendants()
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

    /** Whether it ends by itself. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process().waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to end and waits until it has. */
    public void stop() throws InterruptedException {
        process().destroy();
        if (!process().waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            process().destroyForcibly().waitFor();
            throw new IllegalStateException(data() + " did not end on SIGTERM, see " + log());
        }
    }

    @Override
    public void close() {
        super.close();
        process().descendants().forEach(child -> continueIfStopped(child));
        continueIfStopped(process().toHandle());
        process().destroy();
        try {
            if (!process().waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                process().destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process().destroyForcibly();
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
