package io.tidemark.tests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The recorded cluster's store: which key was put or deleted at which revision, and the uid under it. */
final class EtcdHistory {
    /** One event of one key; a deletion has the uid of what it deleted. */
    record Line(long revision, boolean deletion, String uid) {}

    private static final Map<String, String> CORE_FOLDERS =
            Map.of("services", "services/specs", "endpoints", "services/endpoints", "nodes", "minions");
    private static final int META_UID = 5;

    private final Map<String, List<Line>> byKey = new HashMap<>();
    private final Map<Long, Map<String, byte[]>> values = new HashMap<>();

    static EtcdHistory read(Path file) throws IOException {
        EtcdHistory history = new EtcdHistory();
        for (JsonNode line : AuditLog.read(file)) {
            List<Line> lines = history.byKey.computeIfAbsent(line.path("key").asText(), k -> new ArrayList<>());
            boolean deletion = line.path("type").asText().equals("DELETE");
            byte[] value = Base64.getDecoder().decode(line.path("value").asText());
            long revision = line.path("rev").asLong();
            lines.add(new Line(revision, deletion, deletion ? lines.getLast().uid() : uid(value)));
            history.values
                    .computeIfAbsent(revision, r -> new HashMap<>())
                    .put(line.path("key").asText(), value);
        }
        return history;
    }

    /** The stored bytes of an object at a revision that wrote it. */
    byte[] value(ObjectName object, long revision) {
        String name = "/" + object.name();
        return values.getOrDefault(revision, Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(object + " was not written at " + revision));
    }

    /** Whether a text stands in stored bytes, as protobuf and JSON both spell it. */
    static boolean contains(byte[] value, String text) {
        byte[] sought = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at + sought.length <= value.length; at++) {
            if (Arrays.equals(value, at, at + sought.length, sought, 0, sought.length)) {
                return true;
            }
        }
        return false;
    }

    /** All events of an object, oldest first. */
    List<Line> of(ObjectName object) {
        String name = (object.namespace().isEmpty() ? "" : object.namespace() + "/") + object.name();
        String folder = object.group().isEmpty() ? CORE_FOLDERS.getOrDefault(object.resource(), object.resource()) : "";
        return !folder.isEmpty()
                ? byKey.getOrDefault("/registry/" + folder + "/" + name, List.of())
                : byKey.getOrDefault(
                        "/registry/" + object.group() + "/" + object.resource() + "/" + name,
                        byKey.getOrDefault("/registry/" + object.resource() + "/" + name, List.of()));
    }

    private static String uid(byte[] value) throws IOException {
        if (value.length > 4 && value[0] == 'k' && value[3] == 0) {
            byte[] object = field(ByteBuffer.wrap(value, 4, value.length - 4), 2);
            byte[] meta = field(ByteBuffer.wrap(object), 1);
            return new String(field(ByteBuffer.wrap(meta), META_UID), StandardCharsets.UTF_8);
        }
        return new ObjectMapper().readTree(value).path("metadata").path("uid").asText();
    }

    /** The first occurrence of a length-delimited protobuf field; empty when absent. */
    private static byte[] field(ByteBuffer message, int number) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            switch ((int) (tag & 7)) {
                case 0 -> varint(message);
                case 1 -> message.position(message.position() + 8);
                case 5 -> message.position(message.position() + 4);
                default -> {
                    byte[] bytes = new byte[(int) varint(message)];
                    message.get(bytes);
                    if (tag >>> 3 == number) {
                        return bytes;
                    }
                }
            }
        }
        return new byte[0];
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
