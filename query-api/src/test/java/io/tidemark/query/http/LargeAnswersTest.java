package io.tidemark.query.http;

import static io.tidemark.query.span.SpanBuilders.at;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.ownedBy;
import static io.tidemark.query.span.SpanBuilders.replicaSet;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.trace.TraceLimits;
import io.tidemark.schema.audit.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers over more than fits: bounded, told so, and the rest within reach. */
class LargeAnswersTest {
    private static final String TRACE = "/api/v1/objects/shop/apps/deployments/shop/web/trace";
    private static final int REQUESTS = 6_000;

    @TempDir
    Path folder;

    private ApiServer api = null;

    @BeforeEach
    void start() throws Exception {
        api = new ApiServer(folder, new TraceLimits(500, 5_000), new QuerySettings.Tail(2, 10, 100));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static List<Span> requests() {
        List<Span> spans = new ArrayList<>(List.of(object(deployment("web"), 0, s -> {})));
        for (int i = 0; i < REQUESTS; i++) {
            spans.add(request("r" + i, deployment("web"), i, r -> {}));
        }
        return spans;
    }

    @Test
    void anObjectWithTooManyRequestsShowsTheNewestAndCountsTheRest() throws Exception {
        api.show(requests());
        JsonNode trace = api.get(TRACE);

        assertThat(trace.get("truncated").asBoolean()).isTrue();
        assertThat(trace.get("spanCount").asInt()).isEqualTo(5_001);
        assertThat(trace.at("/omitted/spans").asInt()).isEqualTo(1_000);
        assertThat(trace.at("/root/children/0/span/request/auditId").asText()).isEqualTo("r1000");
    }

    @Test
    void whatWasLeftOutIsFoundInItsOwnTime() throws Exception {
        api.show(requests());
        JsonNode early = api.get(TRACE + "?to=" + at(999.5));

        assertThat(early.get("truncated").asBoolean()).isFalse();
        assertThat(early.get("spanCount").asInt()).isEqualTo(1_001);
        assertThat(early.at("/root/children/0/span/request/auditId").asText()).isEqualTo("r0");
    }

    @Test
    void aTreeOfTooManyObjectsShowsSomeAndCountsTheRest() throws Exception {
        List<Span> spans = new ArrayList<>(List.of(object(deployment("web"), 0, s -> {})));
        for (int i = 0; i < 600; i++) {
            spans.add(ownedBy(object(replicaSet("web-" + i), i, s -> {}), deployment("web")));
        }
        api.show(spans);
        JsonNode trace = api.get(TRACE);

        assertThat(trace.get("objectCount").asInt()).isEqualTo(500);
        assertThat(trace.at("/omitted/objects").asInt()).isEqualTo(101);
        assertThat(trace.get("truncated").asBoolean()).isTrue();
    }

    @Test
    void pagesNeitherRepeatNorSkipWhileSpansArrive() throws Exception {
        api.show(requests().subList(0, 101));
        Set<String> seen = new HashSet<>();
        String next = "";
        int arrived = 0;
        do {
            JsonNode page = api.get("/api/v1/search?kind=REQUEST&limit=9" + next);
            for (JsonNode span : page.get("spans")) {
                assertThat(seen.add(span.at("/request/auditId").asText())).isTrue();
            }
            next = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
            arrived++;
            api.show(List.of(request("new" + arrived, deployment("web"), 500 + arrived, r -> {})));
        } while (!next.isEmpty());

        for (int i = 0; i < 100; i++) {
            assertThat(seen).contains("r" + i);
        }
    }
}
