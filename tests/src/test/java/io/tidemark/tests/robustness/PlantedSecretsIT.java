package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import io.tidemark.tests.platform.TopicBytes;
import io.tidemark.topic.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secret values sent through every door in every form are nowhere afterwards: not in any byte of the data folder, as it
 * lies there and unpacked, not in any answer, not in any log. That the search would find them is shown by a value that
 * no rule redacts.
 */
class PlantedSecretsIT {
    private static final String CLUSTER = "shop";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private final long seed = Seeds.first();
    private final Secrets secrets = new Secrets(new Random(seed));

    @Test
    void areFoundNowhere() throws Exception {
        Path file = folder.resolve("audit.log");
        String[] options = {
            "--set", "audit.files=" + CLUSTER + "=" + file,
            "--set", "audit.redaction.paths=" + SecretEvents.PATHS
        };
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), options);
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER);
                HttpClient client = HttpClient.newHttpClient()) {
            platform.awaitReady();
            sendThroughEveryDoor(platform, client, file);
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);
            long spans = topic.dump().lines().count();
            await().atMost(PATIENCE)
                    .until(() -> SpanApi.dump(platform, CLUSTER).lines().count() == spans);

            lookThroughAnswers(platform);
            TopicBytes.of(platform.kafka()).forEach((name, bytes) -> secrets.look("topic " + name, bytes));
            assertThat(hashes(platform, "first", "second"))
                    .as("equal values have equal hashes")
                    .hasSize(1);
            assertThat(hashes(platform, "second"))
                    .as("another value has another hash")
                    .hasSize(2);
            lookThroughState(platform);
            secrets.lookThrough("running", platform.data());

            platform.stop();
            secrets.lookThrough("stopped", platform.data());
            IndexText.of(platform.data().resolve("index")).forEach(text -> secrets.look("index", text));
            secrets.look("log", Files.readAllBytes(platform.log()));
        }
        assertThat(secrets.found()).as("seed %d", seed).isEmpty();
        for (String place : List.of("answers", "topic", "state", "index")) {
            assertThat(secrets.sawCanary(place))
                    .as("the search sees what is in: %s", place)
                    .isTrue();
        }
    }

    private void sendThroughEveryDoor(PlatformProcess platform, HttpClient client, Path file) throws Exception {
        List<JsonNode> hooked = new SecretEvents(secrets, "hooked-").all();
        post(platform, client, "/audit/" + CLUSTER, Feeder.list(hooked), 200);
        String same = secrets.next();
        post(
                platform,
                client,
                "/audit/" + CLUSTER,
                Feeder.list(new SecretEvents(secrets, "").sameTwiceThenAnother(same, secrets.next())),
                200);
        String lines = lines(new SecretEvents(secrets, "uploaded-").all());
        post(platform, client, "/api/v1/audit/" + CLUSTER + "/upload?file=a", lines, 200);
        Files.writeString(file, lines(new SecretEvents(secrets, "followed-").all()));

        String broken = Feeder.list(List.of(hooked.getFirst()));
        int value = broken.indexOf("\"password\":\"") + "\"password\":\"".length();
        post(platform, client, "/audit/" + CLUSTER, broken.substring(0, value - 1) + broken.substring(value), 400);
        post(platform, client, "/audit/" + CLUSTER, broken.substring(0, value + 20), 400);
        post(
                platform,
                client,
                "/audit/" + CLUSTER,
                broken.replace("\"ResponseComplete\"", "[" + JSON.writeValueAsString(same) + "]"),
                200);
        post(platform, client, "/audit/" + CLUSTER, broken.replace("audit.k8s.io/v1", "audit.k8s.io/v1beta1"), 400);
        String huge = "\"responseObject\":{\"filler\":\"" + "x".repeat(1_000_000) + "\",";
        post(platform, client, "/audit/" + CLUSTER, broken.replace("\"responseObject\":{", huge), 200);
        post(platform, client, "/api/v1/audit/" + CLUSTER + "/upload", broken.substring(value), 200);
    }

    private static String lines(List<JsonNode> events) {
        return events.stream().map(JsonNode::toString).collect(Collectors.joining("\n", "", "\n"));
    }

    private void post(PlatformProcess platform, HttpClient client, String path, String body, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(platform.baseUri().resolve(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        secrets.look("door " + path, answer.body());
    }

    private void lookThroughAnswers(PlatformProcess platform) throws IOException, InterruptedException {
        secrets.look("answers spans", SpanApi.dump(platform, CLUSTER));
        String object = "/api/v1/objects/" + CLUSTER + "/core/secrets/vault/hooked-patched";
        for (String path : List.of(
                object + "/trace",
                object + "/trace?view=TIMELINE",
                object + "/history",
                "/api/v1/objects?cluster=" + CLUSTER + "&limit=1000",
                "/api/v1/search?cluster=" + CLUSTER + "&resource=configmaps&limit=1000",
                "/api/v1/coverage",
                "/api/v1/clusters",
                "/metrics",
                "/readyz?verbose")) {
            HttpResponse<String> answer = platform.get(path);
            assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
            secrets.look("answers " + path, answer.body());
        }
    }

    /** The hashes that stand for the passwords of these Secrets on the topic of events. */
    private List<String> hashes(PlatformProcess platform, String... names) throws Exception {
        List<String> wanted = List.of(names);
        return TopicBytes.values(platform.kafka(), Topics.AUDIT_EVENTS.name()).stream()
                .map(value -> Topics.AUDIT_EVENTS.value().decode(value))
                .map(PlantedSecretsIT::tree)
                .filter(event ->
                        event.path("objectRef").path("resource").asText().equals("secrets")
                                && wanted.contains(
                                        event.path("objectRef").path("name").asText())
                                && (names.length == 1
                                        || event.path("verb").asText().equals("create")))
                .map(event -> event.path("responseObject")
                        .path("data")
                        .path("password")
                        .asText())
                .peek(hash -> assertThat(hash).startsWith("redacted:hmac-sha256:"))
                .distinct()
                .toList();
    }

    private static JsonNode tree(AuditEvent event) {
        try {
            return JSON.readTree(
                    StandardCharsets.UTF_8.decode(event.getEvent().duplicate()).toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The tables of Flink's RocksDB, unpacked by its own reader. */
    private void lookThroughState(PlatformProcess platform) throws Exception {
        Path text = folder.resolve("state.bin");
        Process unpack = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        PlatformProcess.installation().resolve("lib-correlator") + "/*",
                        "--source",
                        "25",
                        Path.of("src", "tools", "sst-text").toAbsolutePath().toString(),
                        platform.data().resolve("flink").resolve("rocksdb").toString(),
                        text.toString())
                .inheritIO()
                .start();
        assertThat(unpack.waitFor()).isZero();
        secrets.look("state", Files.readAllBytes(text));
    }
}
