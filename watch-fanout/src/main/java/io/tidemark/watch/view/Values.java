package io.tidemark.watch.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the bytes of keys and values are, for people. */
final class Values {
    private static final JsonFactory JSON = new JsonFactory();

    private Values() {}

    /** The text that the bytes are; null when they are none. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Whether a text is one object or array of JSON, and nothing else. */
    static boolean isJson(String text) {
        String inner = text.strip();
        if (!inner.startsWith("{") && !inner.startsWith("[")) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(inner)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** A line's end is in no string of JSON, so it is as good as a blank. */
    static String inOneLine(String json) {
        return json.strip().replace('\n', ' ').replace('\r', ' ');
    }

    /** Writes a field with bytes: text as a string, anything else as {@code NAMEBase64}. */
    static void write(JsonGenerator json, String name, byte[] bytes) throws IOException {
        String text = text(bytes);
        if (text == null) {
            json.writeBinaryField(name + "Base64", bytes);
        } else {
            json.writeStringField(name, text);
        }
    }
}
