package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.SpanJson;
import io.tidemark.query.span.TimeRange;
import io.tidemark.query.trace.Trace;
import io.tidemark.query.trace.TraceNode;
import io.tidemark.query.trace.TraceQuestion;
import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.util.Locale;

/** A trace as JSON. */
final class TraceJson {
    private final ObjectSummary summary;

    TraceJson(ObjectSummary summary) {
        this.summary = summary;
    }

    void write(JsonGenerator json, Trace trace, TraceQuestion question) throws IOException {
        json.writeStartObject();
        json.writeFieldName("object");
        summary.write(json, trace.object());
        json.writeArrayFieldStart("incarnations");
        for (Span incarnation : trace.incarnations()) {
            summary.write(json, incarnation);
        }
        json.writeEndArray();
        json.writeStringField("view", question.view().name().toLowerCase(Locale.ROOT));
        bound(json, "from", question.range().fromMicros(), TimeRange.ALL.fromMicros());
        bound(json, "to", question.range().toMicros(), TimeRange.ALL.toMicros());
        json.writeFieldName("root");
        node(json, trace.root());
        json.writeNumberField("spanCount", trace.spanCount());
        json.writeNumberField("objectCount", trace.objectCount());
        json.writeBooleanField("truncated", omitsAnything(trace));
        json.writeObjectFieldStart("omitted");
        json.writeNumberField("spans", trace.spansOmitted());
        json.writeNumberField("objects", trace.objectsOmitted());
        json.writeNumberField("mentions", trace.explanation().mentionsOmitted());
        json.writeEndObject();
        new ExplanationJson(json).write(trace.explanation());
        json.writeEndObject();
    }

    private static boolean omitsAnything(Trace trace) {
        return trace.spansOmitted() > 0
                || trace.objectsOmitted() > 0
                || trace.explanation().mentionsOmitted() > 0;
    }

    private static void node(JsonGenerator json, TraceNode node) throws IOException {
        json.writeStartObject();
        json.writeStringField("relation", node.relation().name().toLowerCase(Locale.ROOT));
        json.writeFieldName("span");
        SpanJson.write(json, node.span(), node.start(), node.end());
        if (!node.logs().isEmpty()) {
            json.writeArrayFieldStart("logs");
            for (Span log : node.logs()) {
                SpanJson.write(json, log);
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("children");
        for (TraceNode child : node.children()) {
            node(json, child);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void bound(JsonGenerator json, String name, long micros, long open) throws IOException {
        if (micros == open) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Micros.text(Micros.at(micros)));
        }
    }
}
