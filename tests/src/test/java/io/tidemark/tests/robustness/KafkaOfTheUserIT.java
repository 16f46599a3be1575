package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.kafka.KafkaProcess;
import io.tidemark.tests.platform.Dumps;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.ShopSlice;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import io.tidemark.tests.platform.Undisturbed;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** With {@code kafka.bootstrap.servers} set: another process's broker is used, and its absence is survived. */
class KafkaOfTheUserIT {
    private static final String CLUSTER = "shop";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    @Test
    void isUsedInsteadOfAnOwnOneAndMayGoAwayAndComeBack() throws Exception {
        List<JsonNode> events = ShopSlice.small();
        String undisturbed = Undisturbed.small();
        int half = events.size() / 2;
        try (KafkaProcess kafka = KafkaProcess.start(PlatformProcess.installation(), folder.resolve("kafka"));
                PlatformProcess platform = PlatformProcess.start(
                        folder.resolve("data"), "--set", "kafka.bootstrap.servers=" + kafka.bootstrapServers());
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER)) {
            platform.awaitReady();
            assertNoOwnBroker(platform);
            assertTopicsAsWanted(kafka);
            feeder.feed(events.subList(0, half));

            kafka.kill();
            assertRefusesUntilItIsBack(platform, events.subList(half, half + 1));
            await().atMost(PATIENCE).until(() -> platform.status("/readyz") == 500);
            assertThat(platform.get("/readyz").body()).contains("[-]kafka failed: the Kafka cluster at ");
            assertThat(platform.status("/livez")).isEqualTo(200);
            assertThat(platform.status("/api/v1/clusters")).isEqualTo(200);

            kafka.restart();
            await().atMost(PATIENCE).until(() -> platform.status("/readyz") == 200);
            feeder.feed(events.subList(half, events.size()));
            SpanTopic topic = new SpanTopic(kafka.bootstrapServers());
            topic.awaitSettled(feeder);

            Dumps.assertSame(topic.dump(), undisturbed, "topic, log %s", platform.log());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> Dumps.assertSame(
                            SpanApi.dump(platform, CLUSTER), undisturbed, "store, log %s", platform.log()));
        }
    }

    private static void assertNoOwnBroker(PlatformProcess platform) throws IOException {
        try (Stream<Path> files = Files.list(platform.data().resolve("kafka"))) {
            assertThat(files).as("the folder of the embedded broker").isEmpty();
        }
        String port = platform.kafka().substring(platform.kafka().indexOf(':') + 1);
        try (Socket own = new Socket("127.0.0.1", Integer.parseInt(port))) {
            throw new AssertionError("somebody listens at " + own);
        } catch (ConnectException expected) {
            assertThat(platform.isAlive()).isTrue();
        }
    }

    /** The settings that carry a promise; the flush before each answer is left to the owner of the cluster. */
    private static void assertTopicsAsWanted(KafkaProcess kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (Topic<?, ?> topic : Topics.ALL) {
                assertThat(admin.describeTopics(List.of(topic.name()))
                                .allTopicNames()
                                .get()
                                .get(topic.name())
                                .partitions())
                        .hasSize(topic.partitions());
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                Config config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                assertThat(config.get("retention.ms").value())
                        .isEqualTo(topic.retention()
                                .map(kept -> Long.toString(kept.toMillis()))
                                .orElse("-1"));
                assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
                assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
                assertThat(config.get("flush.messages").isDefault()).isTrue();
            }
        }
    }

    private static void assertRefusesUntilItIsBack(PlatformProcess platform, List<JsonNode> events) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(platform.baseUri().resolve("/audit/" + CLUSTER))
                            .header("content-type", "application/json")
                            .timeout(Duration.ofSeconds(60))
                            .POST(HttpRequest.BodyPublishers.ofString(Feeder.list(events)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).contains("1");
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(JSON.readTree(answer.body()).path("title").asText()).isEqualTo("Log does not confirm");
        }
    }
}
