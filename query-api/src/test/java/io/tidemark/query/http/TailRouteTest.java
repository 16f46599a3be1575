package io.tidemark.query.http;

import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.ref;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.query.span.SpanRef;
import io.tidemark.schema.audit.Span;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailRouteTest {
    @TempDir
    Path folder;

    private ApiServer api = null;

    @BeforeEach
    void start() throws Exception {
        api = ApiServer.over(folder, List.of(request("before", deployment("web"), 1, r -> {})));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Reads an open tail until the line that ends with this text has come. */
    private static List<String> readUntil(InputStream tail, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0 || text.charAt(text.length() - 1) != '\n') {
            int next = tail.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return new ArrayList<>(text.toString().lines().toList());
    }

    private InputStream open(String query, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/api/v1/tail" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response =
                api.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        return response.body();
    }

    private static String id(String cause) {
        SpanRef ref = ref(cause);
        return "\"spanId\":\"" + ref + "\"";
    }

    @Test
    void sendsWhatMatchesFromNowOn() throws Exception {
        try (InputStream tail = open("?user=bob")) {
            readUntil(tail, ": connected");
            api.show(List.of(
                    request("alices", deployment("web"), 2, r -> {}),
                    request("bobs", deployment("web"), 3, r -> r.setUser("bob"))));
            List<String> lines = readUntil(tail, id("bobs"));
            assertThat(lines).contains("event: span");
            assertThat(String.join("\n", lines)).doesNotContain(id("alices")).doesNotContain(id("before"));
        }
    }

    @Test
    void resumesBehindTheLastEventThatWasRead() throws Exception {
        String token;
        try (InputStream tail = open("")) {
            readUntil(tail, ": connected");
            api.show(List.of(request("a", deployment("web"), 2, r -> {})));
            token = readUntil(tail, id("a")).stream()
                    .filter(line -> line.startsWith("id: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(4);
        }
        api.show(List.of(request("b", deployment("web"), 3, r -> {})));
        try (InputStream tail = open("", "Last-Event-ID", token)) {
            String text = String.join("\n", readUntil(tail, id("b")));
            assertThat(text).doesNotContain(id("a"));
        }
    }

    @Test
    void clientTooFarBehindIsToldHowManyItMisses() throws Exception {
        String begin = TailRoute.token(api.store.sequence());
        List<Span> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(request("r" + i, deployment("web"), i, r -> {}));
        }
        api.show(many);
        try (InputStream tail = open("", "Last-Event-ID", begin)) {
            assertThat(readUntil(tail, "skipped")).contains("event: lagging", "data: {\"skipped\":300}");
            api.show(List.of(request("next", deployment("web"), 400, r -> {})));
            assertThat(readUntil(tail, id("next"))).contains("event: span");
        }
        assertThat(api.meters.get("tidemark_query_tail_skipped_spans").counter().count())
                .isEqualTo(300);
    }

    @Test
    void refusesMoreClientsThanAllowedAndFreesTheirPlaces() throws Exception {
        InputStream first = open("");
        InputStream second = open("");
        assertThat(api.raw("/api/v1/tail").statusCode()).isEqualTo(503);
        assertThat(api.raw("/api/v1/tail").headers().firstValue("retry-after")).isPresent();
        first.close();
        await().untilAsserted(() -> assertThat(
                        api.meters.get("tidemark_query_tail_clients").gauge().value())
                .isEqualTo(1));
        open("").close();
        second.close();
    }

    @Test
    void refusesTokenThatIsNotItsOwn() throws Exception {
        HttpResponse<String> response = api.raw("/api/v1/tail", "Last-Event-ID", "42");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Last-Event-ID");
    }
}
