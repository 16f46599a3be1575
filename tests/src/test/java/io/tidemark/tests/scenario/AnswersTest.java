package io.tidemark.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.query.http.QueryRoutes;
import io.tidemark.query.http.QuerySettings;
import io.tidemark.query.lucene.LuceneSpanStore;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.trace.TraceLimits;
import io.tidemark.service.Meters;
import io.tidemark.tests.oracle.RecordedSpans;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recording's questions, put to the trace API over what the correlator makes of the recording, without the engines. */
class AnswersTest {
    @TempDir
    private static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static SpanStore store;
    private static QueryRoutes routes;
    private static ScenarioCheck scenario;
    private static Map<String, Set<String>> evidence = Map.of();

    @BeforeAll
    static void serve() throws Exception {
        store = LuceneSpanStore.open(folder, 16, InstantSource.system());
        store.apply(SpanBatch.of(RecordedSpans.latest(), LogPositions.NONE));
        store.refresh();
        QuerySettings settings = new QuerySettings(
                2, 16, 1_000, 3, new TraceLimits(500, 5_000), new QuerySettings.Tail(2, 10, 100), Duration.ofDays(7));
        routes = new QueryRoutes(
                store, settings, () -> 0, new Meters(new SimpleMeterRegistry()), InstantSource.system());
        Router router = Router.router(VERTX);
        routes.mount(router);
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI uri = URI.create("http://127.0.0.1:" + server.actualPort());
        scenario = new ScenarioCheck(() -> uri);
        evidence = Evidence.read();
    }

    @AfterAll
    static void stop() {
        scenario.close();
        routes.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }

    static List<Question> questions() {
        return ScenarioQuestions.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void answersTheQuestionsOfTheRecording(Question question) throws IOException, InterruptedException {
        assertThat(scenario.lacking(question, evidence.getOrDefault(question.id(), Set.of())))
                .as(() -> "asked " + question.queries())
                .isEmpty();
    }
}
