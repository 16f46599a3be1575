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
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The diff against another one that is written for clearness, and against what its changes do when they are applied. */
class AgreementTest {
    private static final int PAIRS = 300;
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

    /** The same ones every time, and one that nobody has tried yet. */
    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 9), LongStream.of(System.nanoTime()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesOnRandomPods(long seed) throws IOException {
        RandomObjects objects = new RandomObjects(seed);
        check(objects::pod, RootType.of("v1", "Pod"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesOnRandomCustomResources(long seed) throws IOException {
        RandomObjects objects = new RandomObjects(seed);
        check(objects::custom, RootType.of("ops.example.com/v1", "BackupRequest"));
    }

    private static void check(Supplier<String> objects, RootType type) throws IOException {
        for (int i = 0; i < PAIRS; i++) {
            String before = objects.get();
            String after = objects.get();
            check(
                    before.getBytes(StandardCharsets.UTF_8),
                    after.getBytes(StandardCharsets.UTF_8),
                    type,
                    before + " " + after);
        }
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
}
