package io.tidemark.query.span;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A span as JSON. Details keep the names of the contract, except that times are RFC 3339 texts and lose the unit in
 * their name ({@code createdMicros} becomes {@code createdAt}, {@code sinceMicros} becomes {@code since}); what is
 * absent is left out; ids are hex; maps are sorted.
 */
public final class SpanJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String UNIT = "Micros";

    private SpanJson() {}

    public static void write(JsonGenerator json, Span span) throws IOException {
        write(json, span, span.getStartMicros(), span.getEndMicros());
    }

    /** Writes the span as lasting from start to end: what encloses its children in an answer. */
    public static void write(JsonGenerator json, Span span, Instant start, @Nullable Instant end) throws IOException {
        json.writeStartObject();
        json.writeStringField("spanId", SpanRef.of(span.getSpanId()).toString());
        if (span.getParentSpanId() != null) {
            json.writeStringField(
                    "parentSpanId", SpanRef.of(span.getParentSpanId()).toString());
        }
        json.writeStringField(
                "traceId", HexFormat.of().formatHex(span.getTraceId().bytes()));
        json.writeStringField("kind", span.getKind().name());
        json.writeStringField("objectSpanId", SpanRef.of(span.getObjectSpanId()).toString());
        json.writeFieldName("object");
        value(json, span.getObject());
        json.writeStringField("start", Micros.text(start));
        if (end != null) {
            json.writeStringField("end", Micros.text(end));
            json.writeNumberField("durationMicros", Micros.of(end) - Micros.of(start));
        }
        json.writeBooleanField("late", span.getLate());
        json.writeFieldName(member(span));
        detail(json, span);
        json.writeEndObject();
    }

    public static String text(Span span) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, span);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    private static String member(Span span) {
        return switch (span.getDetail()) {
            case RequestDetail request -> "request";
            case EventDetail event -> "event";
            case ItemDetail item -> "item";
            case ObjectDetail life -> "life";
            case PhaseDetail phase -> "phase";
            default ->
                throw new IllegalStateException("span detail of unknown kind "
                        + span.getDetail().getClass().getName());
        };
    }

    private static void detail(JsonGenerator json, Span span) throws IOException {
        IndexedRecord detail = (IndexedRecord) span.getDetail();
        json.writeStartObject();
        fields(json, detail);
        if (detail instanceof ObjectDetail && span.getEndMicros() != null) {
            json.writeStringField("deletedAt", Micros.text(span.getEndMicros()));
        }
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, IndexedRecord record) throws IOException {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                json.writeFieldName(value instanceof Instant ? withoutUnit(field.name()) : field.name());
                value(json, value);
            }
        }
    }

    private static String withoutUnit(String name) {
        String bare = name.endsWith(UNIT) ? name.substring(0, name.length() - UNIT.length()) : name;
        return bare.equals("created") ? "createdAt" : bare;
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Change change -> change(json, change);
            case IndexedRecord record -> {
                json.writeStartObject();
                fields(json, record);
                json.writeEndObject();
            }
            case Iterable<?> items -> {
                json.writeStartArray();
                for (Object item : items) {
                    value(json, item);
                }
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                    json.writeFieldName(entry.getKey().toString());
                    value(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case GenericFixed id -> json.writeString(HexFormat.of().formatHex(id.bytes()));
            case Instant instant -> json.writeString(Micros.text(instant));
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }

    private static void change(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", change.getPath());
        side(json, "before", change.getBefore());
        side(json, "after", change.getAfter());
        json.writeEndObject();
    }

    /** A side of a change is JSON text and becomes a JSON value; text that is not JSON becomes a string. */
    private static void side(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text == null) {
            return;
        }
        json.writeFieldName(name);
        if (isOneValue(text)) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }

    private static boolean isOneValue(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
