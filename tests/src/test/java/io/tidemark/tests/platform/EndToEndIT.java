package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.oracle.ShopRecording;
import io.tidemark.tests.oracle.SpanSetCheck;
import io.tidemark.tests.scenario.Evidence;
import io.tidemark.tests.scenario.Question;
import io.tidemark.tests.scenario.ScenarioCheck;
import io.tidemark.tests.scenario.ScenarioQuestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The distribution with the recorded cluster, from the audit door to the answers. */
class EndToEndIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static PlatformProcess platform;
    private static SpanTopic spans;
    private static String undisturbed = "";
    private static ScenarioCheck scenario;
    private static Map<String, Set<String>> evidence = Map.of();

    @BeforeAll
    static void feedSample() throws Exception {
        platform = PlatformProcess.start(folder.resolve("shop"), "--sample", "shop");
        spans = new SpanTopic(platform.kafka());
        awaitAccepted();
        try (Feeder feeder = new Feeder(platform.baseUri(), ShopRecording.CLUSTER)) {
            spans.awaitSettled(feeder);
        }
        undisturbed = spans.dump();
        scenario = new ScenarioCheck(platform);
        evidence = Evidence.read();
        long count = undisturbed.lines().count();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> coveredSpans() == count);
    }

    private static long coveredSpans() throws IOException {
        try (InputStream answer =
                platform.baseUri().resolve("/api/v1/coverage").toURL().openStream()) {
            return JSON.readTree(answer).path("spans").asLong();
        }
    }

    @AfterAll
    static void stop() {
        scenario.close();
        platform.close();
    }

    @Test
    void agreesWithAnIndependentReadingOfTheAuditLog() throws Exception {
        assertThat(SpanSetCheck.differences(ShopRecording.expected(), SpanSetCheck.latest(spans.read())))
                .isEmpty();
    }

    static List<Question> questions() {
        return ScenarioQuestions.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void answersTheQuestionsOfTheRecording(Question question) throws IOException, InterruptedException {
        Set<String> proof = evidence.getOrDefault(question.id(), Set.of());

        assertThat(scenario.lacking(question, proof))
                .as(() -> "asked " + question.queries())
                .isEmpty();
    }

    @Test
    void storesWhatTheTopicHolds() throws Exception {
        Dumps.assertSame(SpanApi.dump(platform, ShopRecording.CLUSTER), undisturbed, "store");
    }

    /** Each event up to a minute late, one in twenty twice, in two halves around a restart; and then all once more. */
    @Test
    void leadsToTheSameSpansInAnyOrderTwiceAndAroundARestart() throws Exception {
        Long asked = Long.getLong("tidemark.seed");
        long seed = asked == null ? new Random().nextInt(Integer.MAX_VALUE) : asked;
        Random random = new Random(seed);
        List<JsonNode> inOrder = ShopSlice.whole();
        List<JsonNode> events =
                ShopSlice.withDuplicates(ShopSlice.shuffledWithinAMinute(inOrder, random), 0.05, random);
        try (PlatformProcess other = PlatformProcess.start(folder.resolve("other"));
                Feeder feeder = new Feeder(other.baseUri(), ShopRecording.CLUSTER)) {
            int half = events.size() / 2;
            feeder.feed(events.subList(0, half));
            other.stop();
            other.restart();
            feeder.feed(events.subList(half, events.size()));
            assertSameSpans(other, feeder, "shuffled, doubled, restarted, seed " + seed);

            feeder.feed(inOrder);
            assertSameSpans(other, feeder, "fed once more, seed " + seed);
        }
    }

    private static void assertSameSpans(PlatformProcess other, Feeder feeder, String what) throws Exception {
        SpanTopic topic = new SpanTopic(other.kafka());
        topic.awaitSettled(feeder);
        Dumps.assertSame(topic.dump(), undisturbed, "topic, %s, log %s", what, other.log());
        await().atMost(PATIENCE)
                .untilAsserted(() -> Dumps.assertSame(
                        SpanApi.dump(other, ShopRecording.CLUSTER),
                        undisturbed,
                        "store, %s, log %s",
                        what,
                        other.log()));
    }

    private static void awaitAccepted() {
        await().atMost(PATIENCE)
                .until(() -> Files.exists(platform.log())
                        && Files.readString(platform.log()).contains("audit events accepted"));
        assertThat(platform.isAlive()).isTrue();
    }
}
