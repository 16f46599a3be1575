package io.tidemark.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.tests.conformance.GatewayClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a gateway answered to the requests of {@link GatewayCases}: a file for each name, a line for each request. */
final class GatewayRecording {
    /** Of a real etcd. */
    static final Path FOLDER = Path.of("src", "test", "resources", "etcd-3.7.3-gateway");

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What names a process or measures its disk. */
    private static final Set<String> OF_THE_PROCESS = Set.of(
            "cluster_id",
            "member_id",
            "raft_term",
            "version",
            "storageVersion",
            "dbSize",
            "dbSizeInUse",
            "leader",
            "raftIndex",
            "raftTerm",
            "raftAppliedIndex",
            "dbSizeQuota",
            "token",
            "members");

    private static final List<String> KNOWN = List.of(
            "etcdserver: ", "election: ", "\"leader\"", "proto: ", "unexpected EOF", "Not Found", "Method Not Allowed");

    private GatewayRecording() {}

    static List<String> asked(int port, List<String> requests) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (GatewayClient client = new GatewayClient(port)) {
            for (String request : requests) {
                lines.add(line(client.ask(request)));
            }
        }
        return lines;
    }

    static List<String> read(String name) throws IOException {
        return Files.readAllLines(FOLDER.resolve(name + ".jsonl"));
    }

    static void write(String name, List<String> lines) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name + ".jsonl"), String.join("\n", lines) + "\n");
    }

    private static String line(Reply reply) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("request", reply.request())
                .put("status", reply.status())
                .put("type", reply.type());
        ArrayNode answers = line.putArray("answer");
        for (JsonNode answer : reply.lines()) {
            answers.add(normalised(answer, reply.request()));
        }
        return JSON.writeValueAsString(sorted(line));
    }

    private static JsonNode normalised(JsonNode answer, String request) {
        if (answer instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (isOfTheProcess(field, request)) {
                    object.put(field.getKey(), "1");
                } else {
                    normalised(field.getValue(), request);
                }
            }
            JsonNode granted = object.get("grantedTTL");
            if (granted != null && object.has("TTL")) {
                object.put("TTL", "of " + granted.textValue());
            }
            if (object.get("code") != null && object.get("message") != null) {
                object.put("message", message(object.get("message").textValue()));
            }
        } else if (answer instanceof ArrayNode array) {
            array.forEach(element -> normalised(element, request));
        }
        return answer;
    }

    /** Versions of keys are numbers that have to be right. */
    private static boolean isOfTheProcess(Map.Entry<String, JsonNode> field, String request) {
        boolean ofTheDisk = field.getKey().equals("hash") && request.contains("/maintenance/hash ");
        boolean ofAKey = field.getKey().equals("version") && !request.contains("/maintenance/status");
        boolean ofAnElection = field.getKey().equals("leader") && request.contains("/election/");
        return ofTheDisk || (OF_THE_PROCESS.contains(field.getKey()) && !ofAKey && !ofAnElection);
    }

    /** How a reader of JSON says that something is none is its own affair; protobuf's says the rest, with spaces as it likes. */
    private static String message(String text) {
        String plain = text.replace('\u00a0', ' ');
        boolean known = KNOWN.stream().anyMatch(plain::startsWith);
        return known ? plain : "no JSON";
    }

    /** Fields in the order of their names: in JSON they have none. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode ordered = JSON.createObjectNode();
            object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> ordered.set(field.getKey(), sorted(field.getValue())));
            return ordered;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode ordered = JSON.createArrayNode();
            array.forEach(element -> ordered.add(sorted(element)));
            return ordered;
        }
        return node;
    }
}
