package io.tidemark.revision.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One event of a recorded history, a line of JSON. Lines have more, which follows from the order of events, or is not
 * carried over: leases.
 *
 * <pre>
 * {"rev":7,"type":"PUT","key":"/a","create_rev":3,"version":2,"lease":0,"value":"aGk="}
 * {"rev":8,"type":"DELETE","key":"/a","create_rev":0,"version":0,"lease":0}
 * </pre>
 *
 * @param version puts since the creation, that one included; 0 of a deletion
 * @param value null: the key was deleted
 */
record RecordedEvent(
        long revision,
        ByteString key,
        long version,
        @Nullable ByteString value) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException when the line is none of a recording; the message says why */
    static RecordedEvent parse(String line) throws IOException {
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.take(name, json);
            }
        }
        return fields.event();
    }

    /** What was read of a line so far. */
    private static final class Fields {
        private long revision;
        private long version;
        private String type = "";
        private String key = "";
        private @Nullable ByteString value;

        void take(String name, JsonParser json) throws IOException {
            switch (name) {
                case "rev" -> revision = json.getLongValue();
                case "version" -> version = json.getLongValue();
                case "type" -> type = json.getText();
                case "key" -> key = json.getText();
                case "value" -> value = ByteString.copyFrom(json.getBinaryValue());
                default -> json.skipChildren();
            }
        }

        RecordedEvent event() throws IOException {
            boolean put = type.equals("PUT");
            if (!put && !type.equals("DELETE")) {
                throw new IOException("type: expected PUT or DELETE, found '" + type + "'");
            }
            if (revision < 1) {
                throw new IOException("rev: expected a revision, found " + revision);
            }
            if (key.isEmpty()) {
                throw new IOException("key: expected a key, found none");
            }
            if (put && (value == null || version < 1)) {
                throw new IOException("value and version: expected both in a PUT");
            }
            return new RecordedEvent(revision, ByteString.copyFromUtf8(key), put ? version : 0, put ? value : null);
        }
    }
}
