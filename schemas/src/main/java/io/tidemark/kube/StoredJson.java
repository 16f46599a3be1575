package io.tidemark.kube;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object that is stored as JSON: custom resources, and the definitions of those and of API services. Reads what it is
 * told apart by and copies it in one go.
 */
final class StoredJson {
    private static final String RESOURCE_VERSION = "resourceVersion";

    private final JsonCursor cursor;
    private final @Nullable JsonBuffer out;
    private final long revision;
    private String apiVersion = "";
    private String kind = "";
    private String namespace = "";
    private String name = "";
    private final Map<String, String> labels = new LinkedHashMap<>();

    private StoredJson(byte[] value, @Nullable JsonBuffer out, long revision) {
        this.cursor = new JsonCursor(value, 0, value.length);
        this.out = out;
        this.revision = revision;
    }

    /**
     * Reads the value and copies it.
     *
     * @param value the value
     * @param out where it goes; null: only reads
     * @param revision what its metadata is to have as resourceVersion; 0: what is stored
     * @return empty when it is no JSON object with apiVersion and kind
     */
    static Optional<ObjectIdentity> read(byte[] value, @Nullable JsonBuffer out, long revision) {
        StoredJson json = new StoredJson(value, out, revision);
        try {
            if (json.cursor.peek() != '{') {
                return Optional.empty();
            }
            json.object();
            json.cursor.end();
        } catch (Wire.Broken e) {
            return Optional.empty();
        }
        return json.apiVersion.isEmpty() || json.kind.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObjectIdentity(json.apiVersion, json.kind, json.namespace, json.name, json.labels));
    }

    private void object() {
        members(false, key -> {
            switch (key) {
                case "apiVersion" -> apiVersion = text();
                case "kind" -> kind = text();
                case "metadata" -> metadata();
                default -> cursor.value(out);
            }
        });
    }

    private void metadata() {
        if (cursor.peek() != '{') {
            cursor.value(out);
            return;
        }
        members(true, key -> {
            switch (key) {
                case "namespace" -> namespace = text();
                case "name" -> name = text();
                case "labels" -> labels();
                default -> cursor.value(out);
            }
        });
    }

    private void labels() {
        if (cursor.peek() != '{') {
            cursor.value(out);
            return;
        }
        members(false, key -> labels.put(key, text()));
    }

    private void members(boolean metadata, Consumer<String> read) {
        boolean pending = metadata && revision > 0;
        cursor.need('{');
        put('{');
        boolean more = !cursor.take('}');
        while (more) {
            cursor.peek();
            int from = cursor.at();
            cursor.string(null);
            String key = cursor.text(from);
            if (pending && isBehindResourceVersion(key)) {
                putResourceVersion();
                pending = false;
            }
            boolean replaced = metadata && revision > 0 && key.equals(RESOURCE_VERSION);
            if (!replaced && out != null) {
                out.comma('{');
                cursor.goTo(from);
                cursor.string(out);
                out.put(':');
            }
            cursor.need(':');
            if (replaced) {
                cursor.value(null);
            } else {
                read.accept(key);
            }
            more = cursor.take(',');
            if (!more) {
                cursor.need('}');
            }
        }
        if (pending) {
            putResourceVersion();
        }
        put('}');
    }

    /** Members stand in the order of the type where it is Kubernetes' own, and are sorted in custom resources. */
    private boolean isBehindResourceVersion(String key) {
        return KubernetesTypes.find(apiVersion, kind) == null
                ? key.compareTo(RESOURCE_VERSION) >= 0
                : KubernetesTypes.isBehindResourceVersion(key);
    }

    private void putResourceVersion() {
        if (out != null) {
            out.member(JsonBuffer.ascii("\"" + RESOURCE_VERSION + "\":"));
            out.put(JsonBuffer.quoted(Long.toString(revision)));
        }
    }

    private void put(char punctuation) {
        if (out != null) {
            out.put(punctuation);
        }
    }

    /** A value that is to be a text; empty when it is none. */
    private String text() {
        boolean string = cursor.peek() == '"';
        int from = cursor.at();
        cursor.value(out);
        return string ? cursor.text(from) : "";
    }
}
