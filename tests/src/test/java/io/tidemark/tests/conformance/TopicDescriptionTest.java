package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.query.http.DescribedShapes;
import io.tidemark.service.ConfigLoader;
import io.tidemark.service.Meters;
import io.tidemark.tests.conformance.TopicReader.Heard;
import io.tidemark.watch.WatchConfig;
import io.tidemark.watch.WatchFanout;
import io.tidemark.watch.view.Parameters;
import io.vertx.ext.web.Router;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API's description says what watch topics are asked, and what they tell. */
class TopicDescriptionTest {
    private static final String WATCH = "/api/v1/watch";
    private static final Map<String, String> SHAPES = Map.of(
            "put", "WatchEvent",
            "delete", "WatchEvent",
            "bookmark", "WatchBookmark",
            "notice", "WatchNotice",
            "problem", "Compacted");

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private Path folder;

    private final DescribedShapes shapes;

    TopicDescriptionTest() throws Exception {
        shapes = new DescribedShapes();
    }

    @Test
    void theRoutesAreThoseThatAreDescribed() {
        Router router = Router.router(LOOPS.vertx());
        new WatchFanout(
                        new ConfigLoader(WatchConfig.KEYS).flags(Map.of()).load(),
                        new Meters(new SimpleMeterRegistry()))
                .mount(router);
        Set<String> described = new TreeSet<>();
        shapes.document().get("paths").fieldNames().forEachRemaining(described::add);
        described.removeIf(path -> !path.startsWith(WATCH));
        assertThat(router.getRoutes().stream()
                        .map(route -> String.valueOf(route.getName()).replaceAll(":([a-z]+)", "{$1}")))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void theParametersAreThoseThatAreDescribed() {
        Set<String> read = new TreeSet<>(Parameters.names());
        read.addAll(Set.of("keyspace", "Last-Event-ID"));
        assertThat(shapes.parameters(WATCH + "/{keyspace}")).isEqualTo(read);
    }

    @Test
    void everythingThatIsToldHasTheDescribedShape() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder)) {
            long last = write(store);
            for (String view : List.of("value", "raw", "keys", "diff")) {
                String query = "?since=1&prev&selector=&view=" + view;
                try (TopicReader reader = TopicReader.open(store, query)) {
                    hold(reader.until(
                            heard -> heard.revision() == last && !heard.id().isEmpty()));
                }
            }
            try (TopicReader selecting = TopicReader.open(store, "?since=1&selector=app");
                    TopicReader waiting = TopicReader.open(store, "?since=" + (last + 100))) {
                hold(selecting.until(heard -> heard.data().path("left").asBoolean()));
                hold(waiting.until(heard -> heard.name().equals("notice")));
            }
            refused("Problem", 400, TopicReader.refused(store, "?view=none"));
            refused("NoKeyspace", 404, TopicReader.refused(store, "/none"));
            Ask.done(store, Ask.compact(last));
            refused("Compacted", 410, TopicReader.refused(store, "?since=1"));
            refused("Compacted", 410, TopicReader.refused(store, "?since=1970-01-01"));
            JsonNode all =
                    TopicReader.json(TopicReader.refused(store, "/../watch").body());
            assertThat(shapes.faults("Keyspaces", all)).isEmpty();
        }
    }

    private static long write(StoreEndpoint store) {
        String pod = "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"labels\":{\"%s\":\"web\"}}}";
        Ask.write(store, "pod", pod.formatted("Pod", "app"));
        Ask.write(store, "pod", pod.formatted("Pod", "tier"));
        Ask.write(store, "secret", pod.formatted("Secret", "app"));
        Ask.write(store, "json", "[1,2]");
        Ask.write(store, "text", "a text");
        Ask.write(store, "bytes", "k8s\0\n\f\n\u0002v1\u0012\u0003Pod\u0012\u0070x");
        Ask.done(store, Ask.delete("text"));
        return Ask.write(store, "text", "x");
    }

    private void hold(List<Heard> all) {
        for (Heard heard : all) {
            assertThat(shapes.faults(SHAPES.get(heard.name()), heard.data()))
                    .as(heard.toString())
                    .isEmpty();
        }
    }

    private void refused(String shape, int status, HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(shapes.faults(shape, TopicReader.json(refused.body()))).isEmpty();
    }
}
