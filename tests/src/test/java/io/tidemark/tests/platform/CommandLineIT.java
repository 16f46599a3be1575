package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.scenario.Evidence;
import io.tidemark.tests.scenario.Question;
import io.tidemark.tests.scenario.ScenarioCheck;
import io.tidemark.tests.scenario.ScenarioQuestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The distribution's commands against a platform with the recorded cluster: the same truths as through the API. */
class CommandLineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static PlatformProcess platform;
    private static Map<String, Set<String>> evidence = Map.of();

    @BeforeAll
    static void feedSample() throws Exception {
        platform = PlatformProcess.start(folder.resolve("shop"), "--sample", "shop");
        evidence = Evidence.read();
        await().atMost(PATIENCE)
                .until(() -> Files.exists(platform.log())
                        && Files.readString(platform.log()).contains("next: open"));
        // everything that was accepted is findable when nothing waits on either way and the counts stand still
        long[] before = {-1};
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> {
                    double spans = sum("tidemark_query_spans_total");
                    boolean settled = spans > 0
                            && spans == before[0]
                            && sum("tidemark_correlator_lag_records") == 0
                            && sum("tidemark_query_lag_records") == 0;
                    before[0] = (long) spans;
                    return settled;
                });
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static CommandLineRun run(String... arguments) throws IOException, InterruptedException {
        return CommandLineRun.of(platform.baseUri(), List.of(arguments));
    }

    static List<Question> questions() {
        return ScenarioQuestions.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void answersTheQuestionsOfTheRecording(Question question) throws Exception {
        List<JsonNode> answers = new ArrayList<>();
        for (String query : question.queries()) {
            CommandLineRun run = CommandLineRun.of(platform.baseUri(), CommandLineRun.arguments(query));
            assertThat(run.code()).as(query + run.err()).isZero();
            answers.add(JSON.readTree(run.out()));
        }
        assertThat(ScenarioCheck.lacking(question, evidence.getOrDefault(question.id(), Set.of()), answers))
                .isEmpty();
    }

    @Test
    void tellsTheStoryOfARollout() throws Exception {
        CommandLineRun run = run("trace", "deploy/checkout", "-n", "shop");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("deployment.apps/checkout <--", "├ replicaset.apps/checkout-", "pod/checkout-")
                .containsPattern("patch +alice .*200 +UPDATED .*checkout:2.0-nope")
                .doesNotContain("\u001b");
        assertThat(run("trace", "deploy/checkout", "-n", "shop", "--depth", "0", "-o", "wide")
                        .out())
                .contains("ProgressDeadlineExceeded");
    }

    @Test
    void endsWithTheDocumentedCodes() throws Exception {
        assertThat(run("trace", "deploy/chekout").code()).isEqualTo(3);
        assertThat(run("trace", "deploy/chekout").err()).contains("did you mean deployment.apps/checkout -n shop?");
        assertThat(run("serach").err()).contains("Did you mean", "search", "tidemark --help");
        assertThat(run("serach").code()).isEqualTo(2);
        assertThat(run("tail", "--server", "http://127.0.0.1:1").code()).isEqualTo(4);
    }

    @Test
    void doctorFindsNothingWrong() throws Exception {
        CommandLineRun run = run("doctor");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("fsync before every answer", "correlator", "0 records are not findable yet", "GiB free")
                .doesNotContain("bad ");
    }

    /** What docs/reference/metrics.md says about the counters. */
    @Test
    void countersAddUp() throws IOException {
        double accepted = sum("tidemark_ingest_accepted_events_total");
        assertThat(accepted).isGreaterThan(1_000);
        assertThat(sum("tidemark_correlator_events_total")).isEqualTo(accepted);
        assertThat(sum("tidemark_correlator_facts_total", "kind=\"request\""))
                .isEqualTo(sum("tidemark_correlator_events_total", "scope=\"request\""));
        assertThat(sum("tidemark_correlator_request_spans_total"))
                .isEqualTo(sum("tidemark_correlator_spans_total", "kind=\"request\""));
        assertThat(sum("tidemark_query_spans_total")).isEqualTo(sum("tidemark_correlator_spans_total"));
        assertThat(sum("tidemark_deploy_part_ready"))
                .as("with the etcd API of the sample's keyspace")
                .isEqualTo(8);
        assertThat(sum("tidemark_deploy_durability_info", "mode=\"fsync\"")).isEqualTo(1);
        assertThat(sum("tidemark_deploy_correlator_state")).isCloseTo(1, within(0.0));
        assertThat(sum("tidemark_deploy_topic_bytes")).isGreaterThan(100_000);
    }

    private static double sum(String metric, String... labels) throws IOException {
        try (InputStream page = platform.baseUri().resolve("/metrics").toURL().openStream()) {
            Pattern line = Pattern.compile(metric + "(\\{.*})? (\\S+)");
            return new String(page.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line::matcher)
                    .filter(found ->
                            found.matches() && Arrays.stream(labels).allMatch(String.valueOf(found.group(1))::contains))
                    .mapToDouble(found -> Double.parseDouble(found.group(2)))
                    .sum();
        }
    }
}
