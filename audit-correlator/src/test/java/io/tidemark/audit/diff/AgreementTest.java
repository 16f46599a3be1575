package io.tidemark.audit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.audit.diff.Versions.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** The diff against another one that is written for clearness, and against what its changes do when they are applied. */
class AgreementTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectDiff DIFF = new ObjectDiff(new DiffLimits(1 << 24, 100_000));

    @Test
    void agreesOnEveryRecordedPairOfVersions() throws IOException {
        List<Pair> pairs = Versions.recorded();
        assertThat(pairs).hasSizeGreaterThan(4000);
        for (Pair pair : pairs) {
            check(pair.old(), pair.now(), pair.type(), pair.uid() + " " + pair.before() + " " + pair.after());
        }
    }

    @Property(tries = 3000)
    void agreesOnRandomPods(@ForAll("pods") String before, @ForAll("pods") String after) throws IOException {
        check(
                before.getBytes(StandardCharsets.UTF_8),
                after.getBytes(StandardCharsets.UTF_8),
                RootType.of("v1", "Pod"),
                before + " " + after);
    }

    @Property(tries = 3000)
    void agreesOnRandomCustomResources(@ForAll("custom") String before, @ForAll("custom") String after)
            throws IOException {
        check(
                before.getBytes(StandardCharsets.UTF_8),
                after.getBytes(StandardCharsets.UTF_8),
                RootType.of("ops.example.com/v1", "BackupRequest"),
                before + " " + after);
    }

    private static void check(byte[] before, byte[] after, RootType type, String which) throws IOException {
        JsonNode old = JSON.readTree(before);
        JsonNode now = JSON.readTree(after);
        List<FieldChange> changes = DIFF.between(before, after, type).fields();
        assertThat(trees(changes)).as(which).isEqualTo(TreeDiff.between(old, now, type));
        assertThat(Patch.unordered(quiet(Patch.apply(changes, old)))).as(which).isEqualTo(Patch.unordered(quiet(now)));
        assertThat(Patch.unordered(quiet(Patch.apply(Patch.reverse(changes), now))))
                .as(which)
                .isEqualTo(Patch.unordered(quiet(old)));
    }

    private static List<TreeDiff.Found> trees(List<FieldChange> changes) throws IOException {
        List<TreeDiff.Found> found = new ArrayList<>();
        for (FieldChange change : changes) {
            found.add(new TreeDiff.Found(change.path(), tree(change.beforeJson()), tree(change.afterJson())));
        }
        return found;
    }

    private static JsonNode tree(String json) throws IOException {
        return json == null ? null : JSON.readTree(json);
    }

    private static JsonNode quiet(JsonNode node) {
        ((ObjectNode) node.path("metadata")).remove(List.of("managedFields", "resourceVersion", "generation"));
        return node;
    }

    @Provide
    Arbitrary<String> pods() {
        Arbitrary<String> text = Arbitraries.of("a", "b", "web", "x y", "q\\\"r", "é", "", "a,b=c", "\\u003c");
        Arbitrary<String> name = text.map(value -> "\"name\":\"" + value + "\"");
        Arbitrary<String> image = text.map(value -> "\"image\":\"" + value + "\"");
        Arbitrary<String> port = object(
                Arbitraries.of("\"containerPort\":80", "\"containerPort\":81"),
                Arbitraries.of("\"protocol\":\"TCP\"", "\"protocol\":\"UDP\"", ""),
                Arbitraries.of("\"hostPort\":1", "\"hostPort\":2", ""));
        Arbitrary<String> variable = object(name, text.map(value -> "\"value\":\"" + value + "\""));
        Arbitrary<String> container =
                object(name, image, list("ports", port), list("env", variable), list("args", quoted(text)));
        Arbitrary<String> condition = object(
                Arbitraries.of("\"type\":\"A\"", "\"type\":\"B\"", ""), text.map(v -> "\"status\":\"" + v + "\""));
        Arbitrary<String> metadata = object(
                text.map(value -> "\"labels\":{\"" + value + "\":\"1\",\"z\":\"" + value + "\"}"),
                list("finalizers", quoted(text)),
                Arbitraries.of("\"generation\":1", "\"generation\":2", ""));
        Arbitrary<String> spec = object(list("containers", container), list("tolerations", condition));
        Arbitrary<String> status = object(list("conditions", condition));
        return Combinators.combine(metadata, spec, status, Arbitraries.of(true, false))
                .as((m, sp, st, swap) -> swap
                        ? "{\"metadata\":" + m + ",\"spec\":" + sp + ",\"status\":" + st + "}"
                        : "{\"status\":" + st + ", \"metadata\":" + m + ",\"spec\":" + sp + "}");
    }

    @Provide
    Arbitrary<String> custom() {
        return Arbitraries.lazyOf(() -> value(3))
                .map(value -> "{\"metadata\":{\"name\":\"n\"},\"spec\":" + value + "}");
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.of("1", "2", "-3", "true", "null", "\"\"", "\"a\"", "\"b\"", "\"\\n\"");
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> inner = value(depth - 1);
        Arbitrary<String> member = Combinators.combine(Arbitraries.of("name", "type", "key", "o-d", "n"), inner)
                .as((key, value) -> "\"" + key + "\":" + value);
        Arbitrary<String> object = member.list()
                .ofMaxSize(3)
                .uniqueElements(m -> m.substring(0, m.indexOf(':')))
                .map(members -> "{" + String.join(",", members) + "}");
        Arbitrary<String> array = inner.list().ofMaxSize(3).map(elements -> "[" + String.join(",", elements) + "]");
        return Arbitraries.frequencyOf(Tuple.of(2, scalar), Tuple.of(4, object), Tuple.of(4, array));
    }

    private static Arbitrary<String> quoted(Arbitrary<String> text) {
        return text.map(value -> "\"" + value + "\"");
    }

    private static Arbitrary<String> list(String name, Arbitrary<String> element) {
        return element.list().ofMaxSize(3).map(all -> "\"" + name + "\":[" + String.join(",", all) + "]");
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Arbitrary<String> object(Arbitrary<String>... members) {
        return Combinators.combine(List.of(members))
                .as(all -> "{"
                        + String.join(
                                ",", all.stream().filter(m -> !m.isEmpty()).toList()) + "}");
    }
}
