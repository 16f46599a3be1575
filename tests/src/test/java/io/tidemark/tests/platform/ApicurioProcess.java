package io.tidemark.tests.platform;

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

/** A real schema registry, Apicurio with its Confluent API, in a child process with nothing in it. */
final class ApicurioProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Path log;
    private final Process process;

    private ApicurioProcess(int port, Path log) throws IOException {
        this.port = port;
        this.log = log;
        Path home = Path.of("target", "apicurio").toAbsolutePath();
        if (!Files.exists(home.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException("Apicurio is not in " + home + ": run Maven with the profile registry");
        }
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=" + FreePorts.next(),
                        "-Dapicurio.storage.sql.kind=h2",
                        "-jar",
                        "quarkus-run.jar")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static ApicurioProcess start(int port, Path log) throws IOException {
        ApicurioProcess apicurio = new ApicurioProcess(port, log);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (!apicurio.process.isAlive()) {
                throw new AssertionError("Apicurio ended, see " + apicurio.log);
            }
            return apicurio.get("/subjects").equals("[]");
        });
        return apicurio;
    }

    static String urlAt(int port) {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    String url() {
        return urlAt(port);
    }

    String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** As any other program does that knows the registry's HTTP API. */
    String post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
