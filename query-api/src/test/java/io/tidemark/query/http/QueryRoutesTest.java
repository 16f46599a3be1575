package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.span.SpanBuilders;
import io.tidemark.query.span.SpanSamples;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryRoutesTest {
    private static final String WEB = "/api/v1/objects/shop/apps/deployments/shop/web";

    @TempDir
    Path folder;

    private ApiServer api = null;

    @BeforeEach
    void start() throws Exception {
        api = ApiServer.over(folder, SpanSamples.all());
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private static List<String> texts(JsonNode array, String pointer) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.at(pointer).asText()));
        return texts;
    }

    @Test
    void clustersCountObjectsAndSpans() throws Exception {
        JsonNode cluster = api.get("/api/v1/clusters").at("/clusters/0");
        assertThat(cluster.get("name").asText()).isEqualTo("shop");
        assertThat(cluster.get("objects").asInt()).isEqualTo(5);
        assertThat(cluster.get("spans").asInt()).isEqualTo(SpanSamples.all().size());
        assertThat(cluster.get("from").asText()).isEqualTo("2026-11-23T08:00:01.000000Z");
    }

    @Test
    void coverageSaysWhatIsMissing() throws Exception {
        JsonNode coverage = api.get("/api/v1/coverage");
        assertThat(coverage.get("audit").asText()).isEqualTo("idle");
        assertThat(coverage.get("lagRecords").asInt()).isEqualTo(17);
        assertThat(coverage.get("retention").asText()).isEqualTo("PT168H");
        assertThat(coverage.get("missing").toString())
                .contains("1 requests were audited at level Metadata", "1 spans arrived too late");
        assertThat(coverage.get("newestAcceptedAt").asText()).isEqualTo("2026-11-23T08:00:30.000000Z");
    }

    @Test
    void objectsAreFoundByFragment() throws Exception {
        JsonNode answer = api.get("/api/v1/objects?q=1-a");
        JsonNode pod = answer.at("/objects/0");
        assertThat(pod.get("name").asText()).isEqualTo("web-1-a");
        assertThat(pod.get("deleted").asBoolean()).isTrue();
        assertThat(pod.get("lastActivity").asText()).isEqualTo("2026-11-23T08:00:29.000000Z");
        assertThat(pod.at("/owners/0/name").asText()).isEqualTo("web-1");
        assertThat(pod.at("/labels/app").asText()).isEqualTo("web-1-a");
        assertThat(api.get("/api/v1/objects?resource=pods&namespace=shop&name=web-")
                        .get("objects"))
                .hasSize(2);
        assertThat(api.get("/api/v1/objects?group=core&namespace=-").get("objects"))
                .hasSize(1);
    }

    @Test
    void traceShowsOwnersAboveAndOwnedBelow() throws Exception {
        JsonNode trace = api.get("/api/v1/objects/shop/apps/replicasets/shop/web-1/trace");
        JsonNode root = trace.get("root");
        assertThat(root.get("relation").asText()).isEqualTo("owner");
        assertThat(root.at("/span/object/name").asText()).isEqualTo("web");
        JsonNode self = find(root, "self");
        assertThat(self.at("/span/object/name").asText()).isEqualTo("web-1");
        assertThat(texts(self.get("children"), "/span/object/name")).containsExactly("web-1-a", "web-1-b");
        assertThat(trace.get("objectCount").asInt()).isEqualTo(4);
        assertThat(trace.get("truncated").asBoolean()).isFalse();
        JsonNode scale = find(root, "phase");
        assertThat(scale.at("/span/phase/name").asText()).isEqualTo("etcd");
    }

    @Test
    void changesHoldJsonValuesAndAbsentSidesAreLeftOut() throws Exception {
        JsonNode changes = api.get("/api/v1/spans/" + SpanBuilders.ref("scale")).at("/request/changes");
        assertThat(changes.at("/0/before").asInt()).isEqualTo(3);
        assertThat(changes.at("/0/after/deep/0").asInt()).isEqualTo(1);
        assertThat(changes.at("/1/before").asText()).isEqualTo("not json");
        assertThat(changes.at("/1").has("after")).isFalse();
    }

    @Test
    void historyHoldsOnlyWhatTookEffectOldestFirst() throws Exception {
        JsonNode history = api.get(WEB + "/history");
        assertThat(texts(history.get("changes"), "/request/auditId")).containsExactly("create", "scale");
        JsonNode pod = api.get("/api/v1/objects/shop/core/pods/shop/web-1-a/history");
        assertThat(texts(pod.get("changes"), "/kind")).containsExactly("REQUEST", "ITEM");
    }

    @Test
    void eventsOnNodesAttachByNameWhereTheUidIsNone() throws Exception {
        JsonNode trace = api.get("/api/v1/objects/shop/core/nodes/-/node-1/trace");
        assertThat(texts(trace.at("/root/children"), "/span/event/reason")).containsExactly("NodeNotReady");
    }

    @Test
    void searchFiltersByEveryParameter() throws Exception {
        for (String query : List.of(
                "user=erin&kind=REQUEST",
                "user=alice&verb=patch",
                "path=spec.replicas",
                "auditId=scale&code=2xx",
                "q=erin+web",
                "effect=updated&name=web&verb=patch",
                "userAgent=kubectl&path=spec")) {
            assertThat(texts(api.get("/api/v1/search?" + query).get("spans"), "/spanId"))
                    .as(query)
                    .contains(SpanBuilders.ref("scale").toString());
        }
        assertThat(texts(api.get("/api/v1/search?code=%3E%3D400").get("spans"), "/request/reason"))
                .containsExactly("Conflict");
        assertThat(api.get("/api/v1/search?type=Warning&kind=EVENT")
                        .get("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(texts(api.get("/api/v1/search?q=image+pulled").get("spans"), "/event/reason"))
                .containsExactly("Pulled");
        assertThat(api.get("/api/v1/search?doubt=late").get("total").asInt()).isEqualTo(1);
        assertThat(api.get("/api/v1/search?namespace=-").get("total").asInt()).isEqualTo(2);
    }

    @Test
    void pagesFollowTheCursorToTheEnd() throws Exception {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = api.get("/api/v1/search?order=asc&limit=4" + next);
            seen.addAll(texts(page.get("spans"), "/spanId"));
            assertThat(page.get("truncated").asBoolean())
                    .isEqualTo(!page.get("next").isNull());
            next = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!next.isEmpty());
        assertThat(seen).hasSize(SpanSamples.all().size()).doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatItDoesNotUnderstandNamingTheField() throws Exception {
        for (String[] bad : new String[][] {
            {"/api/v1/search?usr=x", "usr"},
            {"/api/v1/search?code=4x", "code"},
            {"/api/v1/search?from=yesterday", "from"},
            {"/api/v1/search?from=2026-11-23T09:00:00Z&to=2026-11-23T08:00:00Z", "to"},
            {"/api/v1/search?limit=0", "limit"},
            {"/api/v1/search?limit=x", "limit"},
            {"/api/v1/search?user=a&user=b", "user"},
            {"/api/v1/search?kind=REVISION", "kind"},
            {"/api/v1/search?cursor=AAAA", "cursor"},
            {"/api/v1/search?q=***", "q"},
            {"/api/v1/spans/xyz", "id"},
            {WEB + "/trace?depth=99", "depth"},
            {WEB + "/trace?view=circle", "view"},
            {"/api/v1/coverage?x=1", "x"},
            {"/api/v1/tail?limit=4", "limit"}
        }) {
            JsonNode problem = api.problem(bad[0], 400);
            assertThat(problem.get("field").asText()).as(bad[0]).isEqualTo(bad[1]);
            assertThat(problem.get("status").asInt()).isEqualTo(400);
            String value = bad[0].substring(bad[0].lastIndexOf(bad[0].contains("=") ? '=' : '/') + 1);
            assertThat(problem.get("detail").asText())
                    .as("what was found or what is known: " + bad[0])
                    .containsAnyOf(value, value.replace("Z", ".000000Z"), "known here", "more than once");
        }
    }

    @Test
    void cursorOfAnotherQuestionIsRefused() throws Exception {
        String cursor =
                api.get("/api/v1/search?limit=1&kind=REQUEST").get("next").asText();
        assertThat(api.problem("/api/v1/search?limit=1&kind=EVENT&cursor=" + cursor, 400)
                        .get("detail")
                        .asText())
                .contains("other parameters");
    }

    @Test
    void unknownThingsAreNotFound() throws Exception {
        assertThat(api.problem("/api/v1/objects/shop/apps/deployments/shop/nope/trace", 404)
                        .get("detail")
                        .asText())
                .contains("deployments.apps shop/nope");
        api.problem("/api/v1/spans/0000000000000000", 404);
        api.problem("/api/v1/nothing", 404);
    }

    @Test
    void pageOfTheUiIsServedWithStrictPolicyAndRevalidated() throws Exception {
        for (String page : List.of("/", "/o/shop/apps/deployments/shop/web", "/search?q=x", "/live")) {
            HttpResponse<String> response = api.raw(page);
            assertThat(response.statusCode()).as(page).isEqualTo(200);
            assertThat(response.headers().firstValue("content-security-policy"))
                    .get()
                    .asString()
                    .contains("default-src 'self'");
        }
        HttpResponse<String> first = api.raw("/");
        String tag = first.headers().firstValue("etag").orElseThrow();
        assertThat(api.raw("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(api.raw("/webjars/lit-html/3.3.2/lit-html.js").headers().firstValue("cache-control"))
                .hasValue("public, max-age=31536000, immutable");
        assertThat(api.raw("/ui/nothing.js").statusCode()).isEqualTo(404);
        assertThat(api.raw("/ui/../application.yaml").statusCode()).isEqualTo(404);
        assertThat(api.raw("/webjars/..%2f..%2fMANIFEST.MF").statusCode()).isEqualTo(404);
    }

    private static JsonNode find(JsonNode node, String relation) {
        if (node.get("relation").asText().equals(relation)) {
            return node;
        }
        for (JsonNode child : node.get("children")) {
            JsonNode found = find(child, relation);
            if (!found.isMissingNode()) {
                return found;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
