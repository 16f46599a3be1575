package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.oracle.AuditLog;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
        spans.awaitSettled();
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

    /** Shuffled, fed twice, cut off by kills of both JVMs: the spans are the undisturbed ones. */
    @Test
    void leadsToTheSameSpansWhateverHappensMeanwhile() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<JsonNode> events = new ArrayList<>(AuditLog.read(ShopRecording.audit()));
        shuffleWithinAMinute(events, random);
        try (PlatformProcess other = PlatformProcess.start(folder.resolve("disturbed"));
                Feeder feeder = new Feeder(other.baseUri(), ShopRecording.CLUSTER)) {
            int third = events.size() / 3;
            feeder.feed(events.subList(0, third));
            other.killCorrelator();
            feeder.feed(events.subList(third - 500, 2 * third));
            other.kill();
            other.restart();
            feeder.feed(events.subList(2 * third - 1_000, events.size()));
            SpanTopic topic = new SpanTopic(other.kafka());
            topic.awaitSettled();

            assertThat(differences(topic.dump()))
                    .as("seed %d, log %s", seed, other.log())
                    .isEmpty();
        }
    }

    /** Lines of only one of the two dumps, the first few of each, cut short. */
    private static List<String> differences(String dump) {
        Set<String> expected = undisturbed.lines().collect(Collectors.toSet());
        Set<String> actual = dump.lines().collect(Collectors.toSet());
        List<String> differences = new ArrayList<>();
        expected.stream()
                .filter(line -> !actual.contains(line))
                .limit(3)
                .forEach(line -> differences.add("missing " + line.substring(0, Math.min(2_000, line.length()))));
        actual.stream()
                .filter(line -> !expected.contains(line))
                .limit(3)
                .forEach(line -> differences.add("extra " + line.substring(0, Math.min(2_000, line.length()))));
        return differences;
    }

    private static void shuffleWithinAMinute(List<JsonNode> events, Random random) {
        int window = 700; // about a minute of this recording
        for (int from = 0; from < events.size(); from += window) {
            Collections.shuffle(events.subList(from, Math.min(from + window, events.size())), random);
        }
    }

    private static void awaitAccepted() {
        await().atMost(PATIENCE)
                .until(() -> Files.exists(platform.log())
                        && Files.readString(platform.log()).contains("audit events accepted"));
        assertThat(platform.isAlive()).isTrue();
    }
}
