package io.tidemark.ingest.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads audit EventLists and single events: validates the whole JSON text and yields each event as a slice of it, with
 * the fields by which it is routed, in one pass and without building trees.
 *
 * <p>Safe for use by many threads. Time is an argument: the same bytes at the same time give the same answer.
 */
public final class AuditReader {
    /** Levels of an EventList around an event: the list and its items. */
    private static final int LEVELS_AROUND = 2;

    private final AuditLimits limits;
    private final JsonFactory json;

    public AuditReader(AuditLimits limits) {
        this.limits = limits;
        this.json = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + LEVELS_AROUND)
                        .maxStringLength(Integer.MAX_VALUE) // the text as a whole is bounded by the door
                        .build())
                .build();
    }

    /**
     * Reads a whole EventList. Either the text is one and each item is valid or rejected, or nothing of it counts.
     *
     * @param nowMicros the door's clock, microseconds since the epoch
     * @throws UnreadableListException when the text is no audit.k8s.io/v1 EventList or a part of it is no JSON
     */
    public AuditBatch readList(ByteSlice text, long nowMicros) throws UnreadableListException {
        Text checked = new Text(text);
        AuditBatch plain = ListFastPath.read(checked.body, limits, nowMicros);
        return plain == null ? parseList(checked, nowMicros) : plain;
    }

    /** Reads any list there can be, and tells of what is none where and why. */
    AuditBatch parseList(Text checked, long nowMicros) throws UnreadableListException {
        ListScan scan = new ListScan(limits, nowMicros, checked);
        try (JsonParser p = json.createParser(checked.body.array(), checked.body.offset(), checked.body.length())) {
            try {
                scan.read(p);
                return scan.finish();
            } catch (IOException e) {
                throw checked.failure(e, p, scan.place());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a parser over memory failed to close", e);
        }
    }

    /**
     * Reads one event, such as a line of the API server's log file, without its line break.
     *
     * @param nowMicros the door's clock, microseconds since the epoch
     */
    public ReadItem readLine(ByteSlice line, long nowMicros) {
        EventFields fields = new EventFields();
        try {
            Text text = new Text(line);
            try (JsonParser p = json.createParser(text.body.array(), text.body.offset(), text.body.length())) {
                return readEvent(text, p, fields, nowMicros);
            }
        } catch (UnreadableListException e) {
            return new RejectedItem(
                    null, e.reason(), e.getMessage() + " " + e.reason().advice(), "", line.length());
        } catch (IOException e) {
            throw new IllegalStateException("a parser over memory failed to close", e);
        }
    }

    private ReadItem readEvent(Text text, JsonParser p, EventFields fields, long nowMicros)
            throws UnreadableListException {
        try {
            JsonToken first = p.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw first == null
                        ? text.empty()
                        : new UnreadableListException(
                                RejectReason.WRONG_KIND,
                                "expected an audit Event, found " + EventFields.name(first) + ".",
                                "",
                                text.position(0));
            }
            fields.read(p);
            if (p.nextToken() != null) {
                throw text.trailing(p);
            }
            return new EventCheck(limits, nowMicros).judge(fields, text.body, "", true);
        } catch (IOException e) {
            throw text.failure(e, p, null);
        }
    }

    /** The items of one list as they are read. */
    private static final class ListScan {
        private final EventFields fields = new EventFields();
        private final List<AuditItem> items = new ArrayList<>();
        private final List<RejectedItem> rejected = new ArrayList<>();
        private final AuditLimits limits;
        private final EventCheck check;
        private final Text text;
        private @Nullable String kind;
        private @Nullable String apiVersion;
        private int count = -1;

        ListScan(AuditLimits limits, long nowMicros, Text text) {
            this.limits = limits;
            this.check = new EventCheck(limits, nowMicros);
            this.text = text;
        }

        @Nullable
        String place() {
            return count < 0 ? null : "items[" + count + "]";
        }

        void read(JsonParser p) throws IOException, UnreadableListException {
            JsonToken first = p.nextToken();
            if (first == null) {
                throw text.empty();
            }
            if (first != JsonToken.START_OBJECT) {
                throw wrong(RejectReason.WRONG_KIND, "expected an EventList, found " + EventFields.name(first), "");
            }
            boolean hasItems = false;
            for (String field = p.nextFieldName(); field != null; field = p.nextFieldName()) {
                JsonToken value = p.nextToken();
                switch (field) {
                    case "kind" -> kind = value == JsonToken.VALUE_STRING ? p.getText() : skip(p);
                    case "apiVersion" -> apiVersion = value == JsonToken.VALUE_STRING ? p.getText() : skip(p);
                    case "items" -> {
                        hasItems = true;
                        readItems(p, value);
                    }
                    default -> p.skipChildren();
                }
            }
            if (p.nextToken() != null) {
                throw text.trailing(p);
            }
            requireList(hasItems);
        }

        AuditBatch finish() {
            return new AuditBatch(List.copyOf(items), List.copyOf(rejected));
        }

        private void requireList(boolean hasItems) throws UnreadableListException {
            EventCheck.Problem problem = EventCheck.problemOfType(kind, apiVersion, "EventList", true);
            if (problem != null) {
                throw wrong(problem.reason(), problem.message(), problem.field());
            }
            if (!hasItems) {
                throw wrong(RejectReason.MISSING_FIELD, "items: expected an array, found nothing", "items");
            }
        }

        private void readItems(JsonParser p, JsonToken value) throws IOException, UnreadableListException {
            if (value == JsonToken.VALUE_NULL) {
                return;
            }
            if (value != JsonToken.START_ARRAY) {
                throw wrong(
                        RejectReason.WRONG_TYPE, "items: expected an array, found " + EventFields.name(value), "items");
            }
            count = 0;
            for (JsonToken item = p.nextToken(); item != JsonToken.END_ARRAY; item = p.nextToken()) {
                if (count == limits.events()) {
                    throw wrong(
                            RejectReason.TOO_MANY_EVENTS,
                            "items: the list has more than " + limits.events() + " events, the limit",
                            "items");
                }
                readItem(p, item, "items[" + count + "]");
                count++;
            }
            count = -1;
        }

        private void readItem(JsonParser p, JsonToken item, String position) throws IOException {
            int start = (int) p.currentTokenLocation().getByteOffset();
            if (item != JsonToken.START_OBJECT) {
                p.skipChildren();
                int size = (int) p.currentLocation().getByteOffset() - start;
                String message = "expected an audit Event, found " + EventFields.name(item) + ". ";
                rejected.add(new RejectedItem(
                        null,
                        RejectReason.WRONG_TYPE,
                        message + RejectReason.WRONG_TYPE.advice(),
                        position,
                        Math.max(size, 0)));
                return;
            }
            fields.read(p);
            int end = (int) p.currentLocation().getByteOffset();
            ByteSlice slice = text.body.slice(start, end);
            switch (check.judge(fields, slice, position, false)) {
                case AuditItem valid -> items.add(valid);
                case RejectedItem refused -> rejected.add(refused);
            }
        }

        private UnreadableListException wrong(RejectReason reason, String message, String field) {
            return new UnreadableListException(reason, message + ".", field, text.position(0));
        }

        private static @Nullable String skip(JsonParser p) throws IOException {
            p.skipChildren();
            return null;
        }
    }
}
