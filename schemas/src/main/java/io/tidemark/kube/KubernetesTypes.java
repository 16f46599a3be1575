package io.tidemark.kube;

import io.tidemark.kube.FieldType.Rule;
import io.tidemark.kube.FieldType.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that Kubernetes stores as protobuf, from {@code kinds.tsv} and {@code messages.tsv}. Both are written from
 * Kubernetes' own types by {@code tests/peers/objects}, and say in their first line of which release.
 */
final class KubernetesTypes {
    private static final String META = "meta.v1.ObjectMeta";
    private static final String WITH_KIND = "+kind";
    private static final byte[] NOTHING = {};
    private static final Map<String, MessageType> MESSAGES = new HashMap<>();
    private static final Map<String, MessageType> KINDS = new HashMap<>();
    private static final Map<MessageType, byte[]> HEADS = new HashMap<>();
    private static final Set<String> GROUPS = new HashSet<>();

    static {
        readKinds();
        readMessages();
    }

    private KubernetesTypes() {}

    /** The message of a kind; null when it is none of Kubernetes' own. */
    static @Nullable MessageType find(String apiVersion, String kind) {
        return KINDS.get(apiVersion + " " + kind);
    }

    /** Whether a member of metadata has its place behind the resourceVersion. */
    static boolean isBehindResourceVersion(String member) {
        boolean behind = false;
        MessageType meta = message(META);
        for (int i = 0; i < meta.size(); i++) {
            FieldType field = meta.field(i);
            behind |= field.name().equals("resourceVersion");
            if (field.name().equals(member)) {
                return behind;
            }
        }
        return true;
    }

    static boolean isGroup(String group) {
        return GROUPS.contains(group);
    }

    /** All kinds, as {@code apiVersion kind}. */
    static List<String> kinds() {
        return List.copyOf(KINDS.keySet());
    }

    /** The members that an object begins with. */
    static byte[] head(String apiVersion, String kind) {
        JsonBuffer head = new JsonBuffer(64);
        head.put(JsonBuffer.ascii("\"kind\":"));
        head.put(JsonBuffer.quoted(kind));
        head.put(JsonBuffer.ascii(",\"apiVersion\":"));
        head.put(JsonBuffer.quoted(apiVersion));
        return head.toBytes();
    }

    private static MessageType message(String name) {
        return MESSAGES.computeIfAbsent(name, MessageType::new);
    }

    private static void readKinds() {
        for (String line : lines("kinds.tsv")) {
            String[] row = columns(line, 3);
            MessageType message = message(row[2]);
            KINDS.put(row[0] + " " + row[1], message);
            GROUPS.add(row[0].indexOf('/') < 0 ? "" : row[0].substring(0, row[0].indexOf('/')));
            HEADS.put(message, head(row[0], row[1]));
        }
    }

    private static void readMessages() {
        MessageType message = null;
        List<FieldType> fields = new ArrayList<>();
        for (String line : lines("messages.tsv")) {
            if (line.startsWith("\t")) {
                fields.add(field(columns(line.substring(1), 4)));
                continue;
            }
            define(message, fields);
            message = message(line);
            fields.clear();
        }
        define(message, fields);
    }

    private static void define(@Nullable MessageType message, List<FieldType> fields) {
        if (message != null) {
            message.define(fields);
        }
    }

    private static FieldType field(String[] row) {
        boolean inline = row[3].equals("inline");
        String type = row[2].startsWith("*") ? row[2].substring(1) : row[2].substring(prefix(row[2]));
        String[] words = type.split(":", 2);
        boolean plain = words.length == 1 && type.indexOf('.') >= 0;
        Form form = plain ? Form.MESSAGE : Form.valueOf(words[0].toUpperCase(Locale.ROOT));
        MessageType child = plain ? message(type) : words.length == 2 ? message(words[1]) : null;
        boolean typed = row[3].endsWith(WITH_KIND);
        String rule = typed ? row[3].substring(0, row[3].length() - WITH_KIND.length()) : row[3];
        return new FieldType(
                Integer.parseInt(row[0]),
                inline ? "" : row[1],
                JsonBuffer.ascii("\"" + row[1] + "\":"),
                inline ? Shape.INLINE : shape(row[2]),
                form,
                child,
                inline ? Rule.ALWAYS : Rule.valueOf(rule.toUpperCase(Locale.ROOT)),
                typed && child != null ? HEADS.getOrDefault(child, NOTHING) : NOTHING);
    }

    private static int prefix(String type) {
        return type.startsWith("[]") || type.startsWith("{}") ? 2 : 0;
    }

    private static Shape shape(String type) {
        return switch (type.charAt(0)) {
            case '*' -> Shape.OPTIONAL;
            case '[' -> Shape.LIST;
            case '{' -> Shape.MAP;
            default -> Shape.VALUE;
        };
    }

    private static String[] columns(String line, int count) {
        String[] columns = line.split("\t", -1);
        if (columns.length != count) {
            throw new IllegalStateException("expected " + count + " columns: " + line);
        }
        return columns;
    }

    private static List<String> lines(String table) {
        try (InputStream in = KubernetesTypes.class.getResourceAsStream(table)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + table);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
