package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidemark.query.http.ApiServer;
import io.tidemark.query.span.SpanBuilders;
import io.tidemark.query.span.SpanSamples;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {
    private static final String SCALE_ROW =
            "2026-11-23 08:00:10.000 ├ patch scale alice (by erin) 200 UPDATED spec.replicas: 3 -> {\"deep\":[1]}, x"
                    + " removed";

    @TempDir
    static Path folder;

    private static ApiServer api;
    private static Shell shell;

    @BeforeAll
    static void start() throws Exception {
        List<Span> spans = new ArrayList<>(SpanSamples.all());
        spans.add(SpanBuilders.object(in("shop", "prod", "web-1-b"), 5, span -> {}));
        spans.add(SpanBuilders.object(in("other", "shop", "twin"), 5, span -> {}));
        spans.add(SpanBuilders.object(in("shop", "shop", "twin"), 5, span -> {}));
        api = ApiServer.over(folder, spans);
        shell = new Shell(api.uri("").toString());
    }

    private static ObjectIdentity in(String cluster, String namespace, String name) {
        return ObjectIdentity.newBuilder(SpanBuilders.pod(name))
                .setCluster(cluster)
                .setNamespace(namespace)
                .setUid(cluster + namespace + name)
                .build();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /**
     * One line of the table.
     *
     * @param out parts of what is printed, runs of spaces as one; a leading ! for what must not be there
     * @param err the same of the error output
     */
    record Case(String line, int code, List<String> out, List<String> err) {
        static Case good(String line, String... out) {
            return new Case(line, 0, List.of(out), List.of());
        }

        static Case bad(String line, int code, String... err) {
            return new Case(line, code, List.of(), List.of(err));
        }

        @Override
        public String toString() {
            return line;
        }
    }

    static List<Case> traces() {
        return List.of(
                Case.good(
                        "trace deploy/web -n shop",
                        "deployment.apps/web -n shop -c shop, there, uid uid-web",
                        "deployment.apps/web <-- created 2026-11-23 08:00:01.000",
                        SCALE_ROW,
                        "│ ├ pod/web-1-a",
                        "409 FAILED Conflict: the object has been modified",
                        "ci DELETED listed in the answer",
                        "!etcd",
                        "!\u001b"),
                Case.good(
                        "trace deployments.apps/web -o wide",
                        "etcd",
                        "5.0 ms",
                        "kubectl/v1.37.2",
                        "AUDIT ID",
                        "10.0.0.1"),
                Case.good("trace Deployment web --depth 0", "patch scale", "!pod/web-1-a"),
                Case.good(
                        "trace rs/web-1 --no-headers",
                        "deployment.apps/web",
                        "replicaset.apps/web-1 <--",
                        "!TIME",
                        "!uid-"),
                Case.good(
                        "trace deploy/web --view timeline --to 2026-11-23T08:00:05",
                        "create alice 201 CREATED",
                        "!scale"),
                Case.good("trace no/node-1", "NodeNotReady kubelet Warning node-1 stopped posting status"),
                Case.good(
                        "trace deploy/web -o name",
                        "deployment.apps/web\nreplicaset.apps/web-1\npod/web-1-a\npod/web-1-b\n"),
                Case.good("trace po/web-1-b -n prod", "pod/web-1-b -n prod"));
    }

    static List<Case> lists() {
        return List.of(
                Case.good("history deploy/web", "create alice 201", "patch scale", "!Conflict"),
                Case.good("find 1-a", "pod/web-1-a", "2026-11-23 08:00:30.000", "NAMESPACE"),
                Case.good("find -n - -o name", "node/node-1\n"),
                Case.good("search --user alice --resource deploy --verb patch", "patch scale", "!Conflict"),
                Case.good("search --code >=400 --no-headers", "deployment.apps/web update alice 409 FAILED", "!TIME"),
                Case.good("search image pulled", "Pulled"),
                Case.good("search --kind event --limit 1 --oldest-first", "Pulled", "!NodeNotReady"),
                Case.bad("search --kind event --limit 1", 0, "the first 1 of 2; --limit shows more, 0 all"),
                Case.bad("search --user nobody", 0, "nothing found; `tidemark doctor`"));
    }

    static List<Case> mistakes() {
        return List.of(
                Case.bad(
                        "trace po/web-1-b",
                        2,
                        "'po/web-1-b' is the name of 2 objects",
                        "-> pod/web-1-b -n shop\n",
                        "-> pod/web-1-b -n prod\n"),
                Case.bad("trace po/twin", 2, "2 objects", "-n shop -c other", "-n shop -c shop"),
                Case.bad(
                        "trace rs/web-1-b -n shop",
                        3,
                        "no rs named web-1-b is known in namespace shop",
                        "did you mean pod/web-1-b -n shop?"),
                Case.bad("trace deploy/web -n prod", 3, "in namespace prod", "did you mean"),
                Case.bad("trace deploy/zzzzzzzz", 3, "`tidemark find` lists what is known"),
                Case.bad("trace web", 2, "'web' names no object", "TYPE/NAME"),
                Case.bad("trace deploy/web --depth 11", 2, "depth must be from 0 to 10, found 11"),
                Case.bad("trace deploy/web --uid none", 3, "with uid none"),
                Case.bad("search --code 4x", 2, "409, 4xx or >=400", "found '4x'"),
                Case.bad("search --from yesterday", 2, "how long ago such as 15m, found 'yesterday'"),
                Case.bad("search -o tabel", 2, "tabel"),
                Case.bad("find x -o json --limit x", 2, "--limit"));
    }

    @ParameterizedTest
    @MethodSource({"traces", "lists", "mistakes"})
    void answers(Case asked) {
        Shell.Outcome outcome = shell.run(asked.line());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(asked.code());
        holds(outcome.out(), asked.out());
        holds(outcome.err(), asked.err());
    }

    private static void holds(String text, List<String> parts) {
        String simple = text.replaceAll(" +", " ");
        for (String part : parts) {
            if (part.startsWith("!")) {
                assertThat(simple).doesNotContain(part.substring(1));
            } else {
                assertThat(simple).contains(part);
            }
        }
    }

    @Test
    void everyFormatHoldsTheSame() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(shell.run("search --kind request -o json").out());
        JsonNode yaml = new YAMLMapper()
                .readTree(shell.run("search --kind request -o yaml").out());
        assertThat(json.path("spans")).hasSize(5);
        assertThat(yaml).isEqualTo(json);
        assertThat(shell.run("search --kind request --no-headers").out().lines())
                .hasSize(5);
    }

    @Test
    void longListsAreReadPageByPage() throws Exception {
        JsonNode all = new ObjectMapper()
                .readTree(shell.run("search -o json --limit 0").out());
        assertThat(all.path("spans")).hasSize(SpanSamples.all().size() + 3);
        assertThat(all.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void saysWhereItLookedWhenNothingAnswers() {
        for (String line : List.of("trace deploy/web", "search", "find", "tail", "doctor")) {
            Shell.Outcome outcome = new Shell("http://127.0.0.1:1").run(line);
            assertThat(outcome.code()).as(line).isEqualTo(4);
            assertThat(outcome.err())
                    .contains("nothing answers at http://127.0.0.1:1", "tidemark up", "--server or $TIDEMARK_SERVER");
        }
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThat(new Shell("localhost:7400").run("search").code()).isEqualTo(2);
        assertThat(new Shell("http://").run("search").err()).contains("is no address of a server");
    }
}
