package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One {@code tidemark store} of the distribution in {@code deploy/target}, on ports and a folder of its own. */
public final class StoreNodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String kafka;
    private final Path data;
    private final int httpPort = PlatformProcess.freePort();
    private final int etcdPort = PlatformProcess.freePort();
    private Process process;

    private StoreNodeProcess(String kafka, Path data) throws IOException {
        this.kafka = kafka;
        this.data = data;
        this.process = launch();
    }

    /** Starts it; {@link #awaitReady} tells when it can be used. */
    public static StoreNodeProcess start(String kafka, Path data) throws IOException {
        return new StoreNodeProcess(kafka, data);
    }

    private Process launch() throws IOException {
        Files.createDirectories(data);
        return new ProcessBuilder(List.of(
                        PlatformProcess.distribution().toString(),
                        "store",
                        "--data",
                        data.toString(),
                        "--set",
                        "http.port=" + httpPort,
                        "--set",
                        "etcd.port=" + etcdPort,
                        "--set",
                        "kafka.bootstrap.servers=" + kafka))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    public int etcdPort() {
        return etcdPort;
    }

    /** What it prints. */
    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    public void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive()).as("%s ended, see %s", data, log()).isTrue();
            return isReady();
        });
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/readyz"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it as the scheduler of a starved machine would. */
    public void pause() throws IOException, InterruptedException {
        PlatformProcess.signal(process.toHandle(), "STOP");
    }

    public void resume() throws IOException, InterruptedException {
        PlatformProcess.signal(process.toHandle(), "CONT");
    }

    /** Starts it again on its folder and ports. */
    public void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly();
    }
}
