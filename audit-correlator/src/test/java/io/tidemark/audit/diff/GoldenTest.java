package io.tidemark.audit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidemark.audit.diff.Versions.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Recorded versions against differences that another program worked out: {@code src/tools/diff_golden.py}. */
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void findsWhatWasWorkedOutApart() throws IOException {
        Map<String, Pair> pairs = Versions.recorded().stream()
                .collect(Collectors.toMap(pair -> pair.uid() + " " + pair.after(), pair -> pair));
        ObjectDiff diff = new ObjectDiff(new DiffLimits(1 << 24, 100_000));
        List<String> lines = golden();
        assertThat(lines).hasSizeGreaterThan(100);
        for (String line : lines) {
            JsonNode golden = JSON.readTree(line);
            Pair pair = pairs.get(
                    golden.get("object").asText() + " " + golden.get("after").asText());
            assertThat(pair.before()).isEqualTo(golden.get("before").asLong());
            ArrayNode found = JSON.createArrayNode();
            for (FieldChange change :
                    diff.between(pair.old(), pair.now(), pair.type()).fields()) {
                found.addArray()
                        .add(change.path())
                        .add(tree(change.beforeJson()))
                        .add(tree(change.afterJson()));
            }
            ArrayNode wanted = JSON.createArrayNode();
            for (JsonNode change : golden.get("changes")) {
                wanted.addArray()
                        .add(change.get(0).asText())
                        .add(tree(change.get(1).textValue()))
                        .add(tree(change.get(2).textValue()));
            }
            assertThat(found).as(line).isEqualTo(wanted);
        }
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static JsonNode tree(String json) throws IOException {
        return json == null ? JSON.createArrayNode().add("absent") : JSON.readTree(json);
    }
}
