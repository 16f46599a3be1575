package io.tidemark.watch.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.KeyValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a version's value is, for people. */
sealed interface Content {
    ObjectMapper MAPPER = new ObjectMapper();
    ByteString SECRETS = ByteString.copyFromUtf8(ResourceKeys.folder("secrets"));

    /** Writes it as members of an object. */
    void write(JsonGenerator json) throws IOException;

    /** It as a tree, to be compared with others. */
    JsonNode tree();

    /** JSON, in one line. */
    record Json(String text) implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeFieldName("value");
            json.writeRawValue(text);
        }

        @Override
        public JsonNode tree() {
            return Content.tree(text.getBytes(StandardCharsets.UTF_8));
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

    /** Anything else. */
    record Bytes(ByteString bytes) implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeBinaryField("valueBase64", bytes.toByteArray());
        }

        @Override
        public JsonNode tree() {
            return MAPPER.getNodeFactory().binaryNode(bytes.toByteArray());
        }
    }

    /** One of Kubernetes' Secrets, which nobody is shown here. */
    record Masked() implements Content {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeBooleanField("masked", true);
        }

        @Override
        public JsonNode tree() {
            return MissingNode.getInstance();
        }
    }

    /** Whether it is an object of Kubernetes, which may have labels. */
    default boolean isObject() {
        return tree().path("metadata").isObject();
    }

    /** Labels of the object that it is; empty when it is none. */
    default Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (Map.Entry<String, JsonNode> label :
                tree().path("metadata").path("labels").properties()) {
            labels.put(label.getKey(), label.getValue().asText());
        }
        return labels;
    }

    /** Looks what it is. */
    static Content of(KeyValue version) {
        if (version.getKey().startsWith(SECRETS)) {
            return new Masked();
        }
        String text = Values.text(version.getValue().toByteArray());
        if (text == null) {
            return new Bytes(version.getValue());
        }
        if (!Values.isJson(text)) {
            return new Text(text);
        }
        return isSecret(text) ? new Masked() : new Json(Values.inOneLine(text));
    }

    private static boolean isSecret(String json) {
        return Values.member(json, "kind").equals("Secret")
                && Values.member(json, "apiVersion").equals("v1");
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON that was read once", e);
        }
    }
}
