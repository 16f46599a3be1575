package io.tidemark.revision.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints events of a topic, all of a revision at a time:
 *
 * <pre>
 *   4711 PUT /registry/deployments/shop/web
 *     /spec/replicas: 2 -> 3
 * </pre>
 *
 * <p>As JSON, a line each: {@code {"event":"put","id":4711,"data":{...}}}, as on a WebSocket.
 */
final class TopicPrinter {
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private final boolean json;
    private final long limit;
    private final List<String> half = new ArrayList<>();
    private long printed;

    /** @param limit events after which it is enough; 0 for never */
    TopicPrinter(PrintStream out, boolean json, long limit) {
        this.out = out;
        this.json = json;
        this.limit = limit;
    }

    void event(String name, String id, String data) {
        if (json) {
            half.add("{\"event\":\"" + name + "\"" + (id.isEmpty() ? "" : ",\"id\":" + id) + ",\"data\":" + data + "}");
        } else {
            half.add(plain(name, data));
        }
    }

    /** The revision is whole: prints it. Returns whether more is wanted. */
    boolean settled() {
        for (String text : half) {
            if (limit <= 0 || printed < limit) {
                out.print(text + "\n");
                printed++;
            }
        }
        half.clear();
        return !out.checkError() && (limit <= 0 || printed < limit);
    }

    /** The rest of a revision did not come: all of it comes again. */
    void forgetHalf() {
        half.clear();
    }

    private static String plain(String name, String data) {
        StringBuilder head = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        try (JsonParser parser = JSON.createParser(data)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                switch (member) {
                    case "revision" -> head.insert(0, parser.getText() + " ");
                    case "key", "keyBase64" ->
                        head.append(name.toUpperCase(Locale.ROOT)).append(' ').append(parser.getText());
                    case "left" -> head.append(" (left the selection)");
                    case "masked" -> rest.append("\n  (a Secret; its contents are not shown)");
                    case "object", "value", "valueBase64" -> rest.append("\n  ").append(raw(parser));
                    case "changes" -> changes(parser, rest);
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an event is no JSON: " + data, e);
        }
        return head.append(rest).toString();
    }

    private static void changes(JsonParser parser, StringBuilder to) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String before = "(nothing)";
            String after = "(nothing)";
            String path = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                switch (member) {
                    case "path" -> path = parser.getText();
                    case "before" -> before = raw(parser);
                    default -> after = raw(parser);
                }
            }
            to.append("\n  ")
                    .append(path)
                    .append(path.isEmpty() ? "" : ": ")
                    .append(before)
                    .append(" -> ")
                    .append(after);
        }
    }

    /** Text as it is, anything else as JSON. */
    private static String raw(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }
}
