package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.span.SpanSamples;
import io.tidemark.query.trace.View;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed description says what the API does. */
class DescriptionTest {
    private static final String WEB = "/api/v1/objects/shop/apps/deployments/shop/web";

    @TempDir
    Path folder;

    @Test
    void everyAnswerHasTheDescribedShape() throws Exception {
        DescribedShapes shapes = new DescribedShapes();
        try (ApiServer api = ApiServer.over(folder, SpanSamples.all())) {
            Map<String, String> answers = Map.of(
                    "/api/v1/clusters",
                    "Clusters",
                    "/api/v1/coverage",
                    "Coverage",
                    "/api/v1/objects?limit=2",
                    "Objects",
                    "/api/v1/search",
                    "Spans",
                    "/api/v1/search?limit=1",
                    "Spans",
                    WEB + "/history",
                    "History");
            for (Map.Entry<String, String> answer : answers.entrySet()) {
                assertThat(shapes.faults(answer.getValue(), api.get(answer.getKey())))
                        .as(answer.getKey())
                        .isEmpty();
            }
            for (View view : View.values()) {
                String path = WEB + "/trace?view=" + view.name().toLowerCase(Locale.ROOT);
                assertThat(shapes.faults("Trace", api.get(path))).as(path).isEmpty();
            }
            for (JsonNode span : api.get("/api/v1/search").get("spans")) {
                JsonNode alone = api.get("/api/v1/spans/" + span.get("spanId").asText());
                assertThat(alone).isEqualTo(span);
            }
            assertThat(shapes.faults("Problem", api.problem("/api/v1/search?x=y", 400)))
                    .isEmpty();
            assertThat(api.raw("/api/v1/openapi.yaml").body()).startsWith("openapi: 3.1");
        }
    }

    @Test
    void everyRouteIsDescribedAndEveryDescribedPathIsRouted() throws Exception {
        JsonNode paths = new DescribedShapes().document().get("paths");
        Set<String> described = new TreeSet<>();
        paths.fieldNames().forEachRemaining(described::add);
        described.removeIf(
                path -> path.startsWith("/api/v1/watch")); // of another module, and held to it among the tests
        Vertx vertx = Vertx.vertx();
        try (ApiServer api = ApiServer.over(folder, SpanSamples.all())) {
            Router router = Router.router(vertx);
            api.mount(router);
            Set<String> routed = new TreeSet<>();
            router.getRoutes().forEach(route -> {
                String path = String.valueOf(route.getName());
                if (path.startsWith("/api/v1/") && !path.endsWith("/*") && !path.endsWith("/")) {
                    routed.add(path.replaceAll(":([a-z]+)", "{$1}"));
                }
            });
            assertThat(routed).isEqualTo(described);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void everyParameterIsDescribed() throws Exception {
        DescribedShapes shapes = new DescribedShapes();
        assertThat(shapes.parameters("/api/v1/search"))
                .containsAll(Filters.SPAN_PARAMS)
                .hasSize(Filters.SPAN_PARAMS.size() + 5);
        assertThat(shapes.parameters("/api/v1/tail")).containsAll(TailRoute.PARAMS);
        assertThat(shapes.parameters("/api/v1/objects"))
                .containsAll(Filters.OBJECT_PARAMS)
                .hasSize(Filters.OBJECT_PARAMS.size() + 4);
    }
}
