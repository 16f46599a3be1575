package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.revision.cli.StoreShell;
import io.tidemark.tests.oracle.AuditLog;
import io.tidemark.tests.oracle.ShopRecording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A recorded history becomes a keyspace with the same revisions, as the API server of the recording listed them. */
class HistoryImportTest {
    private static final long LAST = 7664;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Kinds whose keys are not named after their resource. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "services", "services/specs", "nodes", "minions", "backuprequests", "ops.example.com/backuprequests");

    @TempDir
    private Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private StoreEndpoint store;

    @BeforeEach
    void open() {
        store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("image"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoreShell.Outcome run(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.add("--endpoints=127.0.0.1:" + store.port());
        return StoreShell.run(line, "");
    }

    private StoreShell.Outcome load(Path file) {
        return run("import", "history", file.toString());
    }

    private void assertLoaded(Path file, String told) {
        StoreShell.Outcome outcome = load(file);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo(file + ": " + told + "\n");
    }

    /** Mod revision by key, as exported at a revision. */
    private Map<String, JsonNode> exported(long revision) throws IOException {
        Map<String, JsonNode> keys = new TreeMap<>();
        StoreShell.Outcome export = run("export", "--rev", Long.toString(revision));
        assertThat(export.code()).as(export.err()).isZero();
        String text = new String(export.out().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            JsonNode kv = JSON.readTree(line);
            assertThat(kv.path("revision").asLong()).isEqualTo(revision);
            keys.put(kv.path("key").asText(), kv);
        }
        return keys;
    }

    /** What the recording's events leave at a revision. */
    private static Map<String, JsonNode> replayed(long revision) throws IOException {
        Map<String, JsonNode> keys = new TreeMap<>();
        for (JsonNode event : AuditLog.read(ShopRecording.history())) {
            if (event.path("rev").asLong() > revision) {
                break;
            }
            if (event.path("type").asText().equals("PUT")) {
                keys.put(event.path("key").asText(), event);
            } else {
                keys.remove(event.path("key").asText());
            }
        }
        return keys;
    }

    private static String value(JsonNode kv) {
        return kv.has("value_base64")
                ? kv.path("value_base64").asText()
                : Base64.getEncoder().encodeToString(kv.path("value").asText().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyRevisionOfTheRecordingIsTheSameRevisionOfTheKeyspace() throws IOException {
        assertLoaded(ShopRecording.history(), "revisions 2 to " + LAST);
        assertLoaded(ShopRecording.history(), "already there, revision " + LAST);

        for (long revision : List.of(2L, 376L, 6218L, LAST)) {
            Map<String, JsonNode> expected = replayed(revision);
            Map<String, JsonNode> found = exported(revision);
            assertThat(found).hasSameSizeAs(expected);
            expected.forEach((key, event) -> {
                JsonNode kv = found.get(key);
                assertThat(kv).as(key).isNotNull();
                assertThat(value(kv)).as(key).isEqualTo(event.path("value").asText());
                assertThat(kv.path("mod_revision").asLong())
                        .isEqualTo(event.path("rev").asLong());
                assertThat(kv.path("create_revision").asLong())
                        .isEqualTo(event.path("create_rev").asLong());
                assertThat(kv.path("version").asLong())
                        .isEqualTo(event.path("version").asLong());
                assertThat(kv.path("lease").asLong()).isZero();
            });
        }
        assertEveryListOfTheRecording();
    }

    private void assertEveryListOfTheRecording() throws IOException {
        Map<Long, Map<String, JsonNode>> at = new HashMap<>();
        for (JsonNode list : AuditLog.read(ShopRecording.file("objects-at.jsonl"))) {
            long revision = list.path("revision").asLong();
            if (!at.containsKey(revision)) {
                at.put(revision, exported(revision));
            }
            String path = list.path("path").asText();
            String resource = path.substring(path.lastIndexOf('/') + 1);
            String prefix = "/registry/" + ELSEWHERE.getOrDefault(resource, resource) + "/";
            Map<String, Long> expected = new TreeMap<>();
            for (JsonNode item : list.path("items")) {
                String namespace = item.path("ns").asText();
                expected.put(
                        prefix
                                + (namespace.isEmpty() ? "" : namespace + "/")
                                + item.path("name").asText(),
                        item.path("revision").asLong());
            }
            Map<String, Long> found = new TreeMap<>();
            at.get(revision).forEach((key, kv) -> {
                if (key.startsWith(prefix)) {
                    found.put(key, kv.path("mod_revision").asLong());
                }
            });
            assertThat(found).as("%s at %s", path, revision).isEqualTo(expected);
        }
        assertThat(at).hasSizeGreaterThan(30);
    }

    @Test
    void goesOnWhereItStoppedAndRefusesAKeyspaceThatHoldsSomethingElse() throws IOException {
        Path begun = folder.resolve("begun.jsonl");
        Files.write(begun, lines().limit(1500).toList());
        assertLoaded(begun, "revisions 2 to 1501");
        assertLoaded(ShopRecording.history(), "revisions 1502 to " + LAST);
        assertThat(exported(LAST)).hasSameSizeAs(replayed(LAST));

        assertThat(run("put", "a", "1").code()).isZero();
        StoreShell.Outcome refused = load(ShopRecording.history());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("is not empty (revision 7665)", "after the recording's last");
    }

    @Test
    void refusesWhatWouldNotBecomeTheSame() throws IOException {
        assertThat(loaded(List.of(put(3, "a", 1)))).contains("begins with revision 3");
        assertThat(loaded(List.of(put(2, "a", 1), put(4, "a", 2)))).contains("line 2: expected revision 3, found 4");
        assertThat(loaded(List.of("{\"rev\":2}"))).contains("line 1: type: expected PUT or DELETE");
        assertThat(loaded(List.of("{\"rev\":2"))).contains("line 1: ");
        assertThat(run("get", "", "--prefix", "-w", "fields").out()).contains("\"Revision\" : 1\n");

        assertThat(loaded(List.of(put(2, "a", 1), put(3, "a", 3)))).contains("revision 3: its versions do not follow");
        assertThat(loaded(List.of(put(2, "b", 1), put(3, "b", 2))))
                .contains("is not empty (revision 2)", "its key b is not what the recording has at revision 2");
        assertThat(load(Path.of("nowhere.jsonl")).err()).contains("nowhere.jsonl does not exist");
    }

    private String loaded(List<String> lines) throws IOException {
        Path file = folder.resolve("some.jsonl");
        Files.write(file, lines);
        StoreShell.Outcome outcome = load(file);
        assertThat(outcome.code()).isEqualTo(1);
        return outcome.err();
    }

    private static String put(long revision, String key, long version) {
        return "{\"rev\":%d,\"type\":\"PUT\",\"key\":\"%s\",\"version\":%d,\"value\":\"YQ==\"}"
                .formatted(revision, key, version);
    }

    private static Stream<String> lines() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(ShopRecording.history())), StandardCharsets.UTF_8))) {
            return lines.lines().toList().stream();
        }
    }
}
