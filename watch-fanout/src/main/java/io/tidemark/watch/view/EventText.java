package io.tidemark.watch.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.KeyValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of etcd's API as topics tell them. Key {@code a}, written over an older version:
 *
 * <pre>
 *   {"key":"a","revision":7,"version":2,"createRevision":5,"value":"x","previous":{"revision":5,...}}
 * </pre>
 *
 * <p>Keys and values that are no UTF-8 are {@code keyBase64} and {@code valueBase64}.
 */
public final class EventText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FIRST_LETTERS = 512;

    private EventText() {}

    /**
     * Events as they are told.
     *
     * @param events in their order, all of each revision that is among them
     */
    public static Telling of(List<Event> events, Shape shape, Contents contents) {
        List<Selected> looked = events.stream()
                .map(event -> Selection.of(event, shape, contents))
                .toList();
        List<String> failures = looked.stream()
                .map(Selected::failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
        List<Selected> wanted = looked.stream()
                .filter(selected -> selected.as() != Selected.As.NOTHING)
                .toList();
        return new Telling(
                told(wanted, shape, contents), failures.size(), failures.isEmpty() ? "" : failures.getFirst());
    }

    private static List<Told> told(List<Selected> wanted, Shape shape, Contents contents) {
        List<Told> all = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            Selected selected = wanted.get(i);
            boolean last = i == wanted.size() - 1 || wanted.get(i + 1).revision() != selected.revision();
            String name = selected.as() == Selected.As.PUT ? Told.PUT : Told.DELETE;
            all.add(new Told(name, selected.revision(), last, line(json -> write(json, selected, shape, contents))));
        }
        return all;
    }

    /** Everything up to a revision was told. */
    public static Told bookmark(long revision) {
        return new Told(Told.BOOKMARK, revision, true, line(json -> json.writeNumberField("revision", revision)));
    }

    /** How the client stands; where it begins again does not change by it. */
    public static Told notice(String state, long revision) {
        return new Told(Told.NOTICE, revision, false, line(json -> {
            json.writeStringField("state", state);
            json.writeNumberField("revision", revision);
        }));
    }

    /** The filter came to nothing for an event. */
    public static Told unanswered(String why, long revision) {
        return new Told(Told.NOTICE, revision, false, line(json -> {
            json.writeStringField("state", "unanswered");
            json.writeNumberField("revision", revision);
            json.writeStringField("detail", why);
        }));
    }

    /** Members of an object. */
    public interface Members {
        /** Writes them. */
        void write(JsonGenerator json) throws IOException;
    }

    /** One object in one line. */
    public static String line(Members members) {
        StringWriter text = new StringWriter(FIRST_LETTERS);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON in memory could not be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Selected selected, Shape shape, Contents contents)
            throws IOException {
        Event event = selected.event();
        Values.write(json, "key", event.getKv().getKey().toByteArray());
        if (selected.as() == Selected.As.PUT) {
            version(json, event.getKv());
            if (shape.view() == View.DIFF && event.hasPrevKv()) {
                changes(json, contents.of(event.getPrevKv()), contents.of(event.getKv()));
            } else {
                value(json, event.getKv(), shape.view(), contents);
            }
        } else {
            json.writeNumberField("revision", event.getKv().getModRevision());
            if (selected.as() == Selected.As.LEFT) {
                json.writeBooleanField("left", true);
            }
        }
        if (shape.previous() && event.hasPrevKv()) {
            json.writeObjectFieldStart("previous");
            version(json, event.getPrevKv());
            value(json, event.getPrevKv(), shape.view(), contents);
            json.writeEndObject();
        }
    }

    private static void version(JsonGenerator json, KeyValue version) throws IOException {
        json.writeNumberField("revision", version.getModRevision());
        json.writeNumberField("version", version.getVersion());
        json.writeNumberField("createRevision", version.getCreateRevision());
        if (version.getLease() != 0) {
            // as etcdctl prints it: more digits than a number of JavaScript has
            json.writeStringField("lease", Long.toHexString(version.getLease()));
        }
    }

    private static void value(JsonGenerator json, KeyValue version, View view, Contents contents) throws IOException {
        if (view == View.KEYS) {
            return;
        }
        Content content = contents.of(version);
        if (view != View.RAW) {
            content.write(json);
        } else if (content.isMasked()) {
            json.writeBooleanField("masked", true);
        } else {
            json.writeBinaryField("valueBase64", version.getValue().toByteArray());
        }
    }

    private static void changes(JsonGenerator json, Content before, Content after) throws IOException {
        if (before.isMasked() || after.isMasked()) {
            json.writeBooleanField("masked", true);
        }
        json.writeArrayFieldStart("changes");
        for (Change change : Change.between(before.tree(), after.tree())) {
            change.write(json);
        }
        json.writeEndArray();
    }
}
