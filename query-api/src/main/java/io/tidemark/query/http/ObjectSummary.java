package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One object as lists and headlines show it. */
final class ObjectSummary {
    private final SpanStore store;

    ObjectSummary(SpanStore store) {
        this.store = store;
    }

    void write(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("spanId", SpanRef.of(span.getSpanId()).toString());
        ObjectIdentity object = span.getObject();
        json.writeStringField("cluster", object.getCluster());
        json.writeStringField("group", object.getGroup());
        json.writeStringField("version", object.getVersion());
        json.writeStringField("resource", object.getResource());
        json.writeStringField("kind", object.getKind());
        json.writeStringField("namespace", object.getNamespace());
        json.writeStringField("name", object.getName());
        json.writeStringField("uid", object.getUid());
        if (span.getDetail() instanceof ObjectDetail life) {
            time(json, "createdAt", life.getCreatedMicros());
        }
        time(json, "deletedAt", span.getEndMicros());
        json.writeBooleanField("deleted", span.getEndMicros() != null);
        json.writeStringField("lastActivity", Micros.text(lastActivity(span)));
        if (span.getDetail() instanceof ObjectDetail life) {
            life(json, life);
        }
        json.writeEndObject();
    }

    private static void life(JsonGenerator json, ObjectDetail life) throws IOException {
        json.writeArrayFieldStart("owners");
        for (OwnerLink owner : life.getOwners()) {
            json.writeStartObject();
            json.writeStringField("kind", owner.getKind());
            json.writeStringField("name", owner.getName());
            json.writeStringField("uid", owner.getUid());
            json.writeStringField("spanId", SpanRef.of(owner.getSpanId()).toString());
            json.writeBooleanField("controller", owner.getController());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (life.getPreviousSpanId() != null) {
            json.writeStringField(
                    "previousSpanId", SpanRef.of(life.getPreviousSpanId()).toString());
        }
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : new TreeMap<>(life.getLabels()).entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }

    /** Start of the newest span that belongs to the object, the object span itself if there is no other. */
    private Instant lastActivity(Span span) {
        SpanFilter own = SpanFilter.ALL.and(
                SpanField.OBJECT, SpanRef.of(span.getSpanId()).toString());
        return store.search(own, PageRequest.newest(1)).items().stream()
                .map(Span::getStartMicros)
                .findFirst()
                .orElse(span.getStartMicros());
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant instant) throws IOException {
        if (instant == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Micros.text(instant));
        }
    }
}
