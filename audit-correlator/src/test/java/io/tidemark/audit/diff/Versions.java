package io.tidemark.audit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Every two consecutive versions of an object that the recorded audit log shows. */
final class Versions {
    private static final Path LOG =
            Path.of("..", "deploy", "src", "main", "dist", "examples", "shop", "audit.jsonl.gz");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Versions() {}

    /**
     * One version and the next.
     *
     * @param uid uid of the object
     * @param type its type
     * @param before resourceVersion before
     * @param after resourceVersion after
     * @param old body before
     * @param now body after
     */
    record Pair(String uid, RootType type, long before, long after, byte[] old, byte[] now) {}

    static List<Pair> recorded() {
        Map<String, TreeMap<Long, ObjectNode>> objects = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(LOG)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(JSON.readTree(line), objects);
            }
            List<Pair> pairs = new ArrayList<>();
            for (Map.Entry<String, TreeMap<Long, ObjectNode>> object : objects.entrySet()) {
                pairs(object.getKey(), object.getValue(), pairs);
            }
            return pairs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JsonNode event, Map<String, TreeMap<Long, ObjectNode>> objects) {
        JsonNode metadata = event.path("responseObject").path("metadata");
        int code = event.path("responseStatus").path("code").asInt();
        boolean mutating = List.of("create", "update", "patch", "delete")
                .contains(event.path("verb").asText());
        if (mutating
                && event.path("stage").asText().equals("ResponseComplete")
                && code >= 200
                && code < 300
                && metadata.hasNonNull("uid")
                && metadata.hasNonNull("resourceVersion")) {
            ObjectNode body = (ObjectNode) event.path("responseObject");
            objects.computeIfAbsent(
                            body.path("kind").asText() + " "
                                    + metadata.path("uid").asText(),
                            uid -> new TreeMap<>())
                    .put(metadata.path("resourceVersion").asLong(), body);
        }
    }

    private static void pairs(String uid, TreeMap<Long, ObjectNode> versions, List<Pair> pairs) throws IOException {
        Map.Entry<Long, ObjectNode> old = null;
        for (Map.Entry<Long, ObjectNode> now : versions.entrySet()) {
            if (old != null) {
                RootType type = RootType.of(
                        now.getValue().path("apiVersion").asText(),
                        now.getValue().path("kind").asText());
                pairs.add(new Pair(
                        uid,
                        type,
                        old.getKey(),
                        now.getKey(),
                        JSON.writeValueAsBytes(old.getValue()),
                        JSON.writeValueAsBytes(now.getValue())));
            }
            old = now;
        }
    }
}
