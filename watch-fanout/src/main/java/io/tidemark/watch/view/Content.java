package io.tidemark.watch.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import io.tidemark.kube.ObjectIdentity;
import io.tidemark.kube.Secrets;
import io.tidemark.kube.StoredObject;
import io.tidemark.kube.StoredObject.Decoded;
import io.tidemark.kube.UndecodableObjectException;
import io.tidemark.revision.etcd.proto.KeyValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a version's value is, for people. */
sealed interface Content {
    ObjectMapper MAPPER = new ObjectMapper();
    ByteString SECRETS = ByteString.copyFromUtf8(ResourceKeys.folder("secrets"));

    /** Writes it as members of an object. */
    void write(JsonGenerator json) throws IOException;

    /** It as a tree, to be compared with others. */
    JsonNode tree();

    /** Whether nobody is shown its bytes. */
    default boolean isMasked() {
        return false;
    }

    /** Whether it is an object of Kubernetes whose labels are so. */
    default boolean isSelected(LabelSelector selector) {
        return false;
    }

    /**
     * An object of Kubernetes, as its API tells it.
     *
     * @param stored its bytes, of which its labels are read when somebody wants to know them
     */
    record KubernetesObject(String json, ByteString stored, boolean isMasked) implements Content {
        @Override
        public void write(JsonGenerator to) throws IOException {
            to.writeFieldName("object");
            to.writeRawValue(json);
            if (isMasked) {
                to.writeBooleanField("masked", true);
            }
        }

        @Override
        public JsonNode tree() {
            return Content.tree(json);
        }

        @Override
        public boolean isSelected(LabelSelector selector) {
            return StoredObject.identity(stored.toByteArray())
                    .map(ObjectIdentity::labels)
                    .filter(selector::matches)
                    .isPresent();
        }
    }

    /** JSON, in one line. */
    record Json(String text) implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeFieldName("value");
            json.writeRawValue(text);
        }

        @Override
        public JsonNode tree() {
            return Content.tree(text);
        }
    }

    /** Text that is no JSON. */
    record Text(String text) implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStringField("value", text);
        }

        @Override
        public JsonNode tree() {
            return TextNode.valueOf(text);
        }
    }

    /**
     * Anything else.
     *
     * @param undecodable why it cannot be read, although it looks like an object of Kubernetes; empty when it does not
     */
    record Bytes(ByteString bytes, String undecodable) implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeBinaryField("valueBase64", bytes.toByteArray());
            if (!undecodable.isEmpty()) {
                json.writeStringField("undecodable", undecodable);
            }
        }

        @Override
        public JsonNode tree() {
            return MAPPER.getNodeFactory().binaryNode(bytes.toByteArray());
        }
    }

    /** Where Secrets are, but none that can be read: encrypted, or damaged. */
    record Masked() implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeBooleanField("masked", true);
        }

        @Override
        public JsonNode tree() {
            return MissingNode.getInstance();
        }

        @Override
        public boolean isMasked() {
            return true;
        }
    }

    /** Looks what it is. */
    static Content of(KeyValue version) {
        byte[] value = version.getValue().toByteArray();
        boolean amongSecrets = version.getKey().startsWith(SECRETS);
        String undecodable = "";
        try {
            Optional<Decoded> decoded = StoredObject.decode(value, version.getModRevision());
            if (decoded.isPresent()) {
                return object(decoded.get(), version.getValue());
            }
        } catch (UndecodableObjectException e) {
            undecodable = String.valueOf(e.getMessage());
            amongSecrets |= e.kind().equals(Secrets.KIND);
        }
        return amongSecrets ? new Masked() : other(version.getValue(), undecodable);
    }

    private static Content object(Decoded decoded, ByteString stored) {
        boolean secret = Secrets.isOne(decoded);
        String json = secret ? Secrets.masked(decoded) : new String(decoded.json(), StandardCharsets.UTF_8);
        return new KubernetesObject(json, stored, secret);
    }

    private static Content other(ByteString value, String undecodable) {
        String text = undecodable.isEmpty() ? Values.text(value.toByteArray()) : null;
        if (text == null) {
            return new Bytes(value, undecodable);
        }
        return Values.isJson(text) ? new Json(Values.inOneLine(text)) : new Text(text);
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON that was read once", e);
        }
    }
}
