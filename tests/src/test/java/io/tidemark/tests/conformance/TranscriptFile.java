package io.tidemark.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.tidemark.tests.conformance.Reply.Refused;
import io.tidemark.tests.conformance.Reply.Replied;
import io.tidemark.tests.conformance.Reply.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Transcripts as files: a line that names the program, then a line for each request, as protobuf's JSON. Large ones are
 * zipped.
 *
 * <pre>
 * {"program":"put/versions","shows":"...","requests":2}
 * {"call":"etcdserverpb.KV/Put","request":{"key":"YQ=="},"response":{"header":{...,"revision":"2"}}}
 * {"call":"v3lockpb.Lock/Lock","after":2,"request":{...},"response":{...}}
 * {"call":"etcdserverpb.KV/Put","as":"ann","request":{},"status":"INVALID_ARGUMENT","text":"etcdserver: key is not provided"}
 * </pre>
 */
final class TranscriptFile {
    /** What the real etcd's version replied. */
    static final Path FOLDER = Path.of("src", "test", "resources", "etcd-3.7.3");

    private static final int PLAIN_BYTES = 32 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private TranscriptFile() {}

    /** All transcripts of a folder and those below it, in the order of their names. */
    static List<Transcript> readAll(Path folder) throws IOException {
        List<Transcript> transcripts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                transcripts.add(read(file));
            }
        }
        return transcripts;
    }

    static Transcript read(Path file) throws IOException {
        List<String> lines = lines(file);
        JsonNode head = JSON.readTree(lines.getFirst());
        List<Exchange> exchanges = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            exchanges.add(exchange(JSON.readTree(line)));
        }
        if (head.get("requests").asInt() != exchanges.size()) {
            throw new IOException(file + " should hold " + head.get("requests") + " requests, found " + exchanges.size()
                    + ": record it again");
        }
        return new Transcript(head.get("program").asText(), head.get("shows").asText(), exchanges);
    }

    static List<String> lines(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Exchange exchange(JsonNode line) throws IOException {
        EtcdMethod method = EtcdMethod.at(line.get("call").asText());
        Call call = new Call(
                method,
                message(method.requestType(), line.get("request")),
                line.path("as").asText(),
                later(line));
        Reply reply = line.has("response")
                ? new Replied(message(method.responseType(), line.get("response")))
                : new Refused(
                        Status.Code.valueOf(line.get("status").asText()),
                        line.get("text").asText());
        return new Exchange(call, reply);
    }

    private static Later later(JsonNode line) {
        List<Integer> hears = new ArrayList<>();
        line.path("hears").forEach(messages -> hears.add(messages.asInt()));
        return new Later(line.path("after").asInt(), line.path("leaves").asBoolean(), hears);
    }

    private static void put(Later later, ObjectNode line) {
        if (later.after() > 0) {
            line.put("after", later.after());
        }
        if (later.leaves()) {
            line.put("leaves", true);
        }
        if (!later.hears().isEmpty()) {
            line.set("hears", JSON.valueToTree(later.hears()));
        }
    }

    private static DynamicMessage message(Descriptor type, JsonNode json) throws IOException {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        JsonFormat.parser().merge(json.toString(), message);
        return message.build();
    }

    /** Writes {@code folder/<name>.jsonl}, or {@code .jsonl.gz} when it is large; takes the other one away. */
    static Path write(Path folder, Transcript transcript) throws IOException {
        byte[] text = text(transcript).getBytes(StandardCharsets.UTF_8);
        Path plain = folder.resolve(transcript.name() + ".jsonl");
        Path zipped = folder.resolve(transcript.name() + ".jsonl.gz");
        boolean zip = text.length > PLAIN_BYTES;
        Path file = zip ? zipped : plain;
        Files.createDirectories(plain.getParent());
        Files.deleteIfExists(zip ? plain : zipped);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = zip ? new GZIPOutputStream(raw) : raw) {
            out.write(text);
        }
        return file;
    }

    private static String text(Transcript transcript) throws IOException {
        StringBuilder text = new StringBuilder();
        ObjectNode head = JSON.createObjectNode()
                .put("program", transcript.name())
                .put("shows", transcript.shows())
                .put("requests", transcript.exchanges().size());
        text.append(head).append('\n');
        for (Exchange exchange : transcript.exchanges()) {
            text.append(line(exchange)).append('\n');
        }
        return text.toString();
    }

    private static ObjectNode line(Exchange exchange) throws IOException {
        ObjectNode line =
                JSON.createObjectNode().put("call", exchange.call().method().path());
        if (!exchange.call().as().isEmpty()) {
            line.put("as", exchange.call().as());
        }
        put(exchange.call().later(), line);
        line.set("request", json(exchange.call().request()));
        return switch (exchange.reply()) {
            case Replied replied -> line.set("response", json(replied.message()));
            case Refused refused -> line.put("status", refused.code().name()).put("text", refused.text());
            case Unreadable unreadable ->
                throw new IOException("reply to " + exchange.call() + ": " + unreadable.why());
        };
    }

    private static JsonNode json(Message message) throws IOException {
        return JSON.readTree(
                JsonFormat.printer().omittingInsignificantWhitespace().print(message));
    }
}
