package io.tidemark.tests.oracle;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Small hand-written span sets. */
final class SpanSets {
    static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00.000001Z");

    private SpanSets() {}

    /** A pod with its owner, created, in a collection and told of by an Event. */
    static List<Span> pod() {
        return List.of(
                object(2, "owner", List.of()),
                object(1, "pod", List.of(owner())),
                request(),
                span(4, 1, SpanKind.ITEM, "pod", item()),
                span(5, 1, SpanKind.EVENT, "pod", event()));
    }

    /** Sets a member of an Avro record; spans have no setters, so that nothing changes them by accident. */
    static void set(SpecificRecordBase record, String member, @Nullable Object value) {
        record.put(record.getSchema().getField(member).pos(), value);
    }

    static SpanId id(int number) {
        return new SpanId(ByteBuffer.allocate(8).putLong(number).array());
    }

    static Span request() {
        RequestDetail detail = new RequestDetail();
        set(detail, "auditId", "a1");
        set(detail, "verb", "create");
        set(detail, "requestUri", "/api/v1/namespaces/shop/pods");
        set(detail, "user", "erin");
        set(detail, "impersonated", "alice");
        set(detail, "code", 201);
        set(detail, "effect", Effect.CREATED);
        set(detail, "resourceVersion", "7");
        return span(3, 1, SpanKind.REQUEST, "pod", detail);
    }

    private static OwnerLink owner() {
        OwnerLink owner = new OwnerLink();
        set(owner, "uid", "uid-owner");
        set(owner, "controller", true);
        return owner;
    }

    private static ItemDetail item() {
        ItemDetail item = new ItemDetail();
        set(item, "auditId", "a2");
        set(item, "resourceVersion", "7");
        set(item, "effect", Effect.DELETED);
        return item;
    }

    private static EventDetail event() {
        EventDetail event = new EventDetail();
        set(event, "eventUid", "uid-event");
        set(event, "count", 2);
        return event;
    }

    private static Span object(int number, String name, List<OwnerLink> owners) {
        ObjectDetail detail = new ObjectDetail(null, null, null, null, owners, Map.of(), null);
        Span span = span(number, number, SpanKind.OBJECT, name, detail);
        set(span, "parentSpanId", null);
        return span;
    }

    private static Span span(int number, int object, SpanKind kind, String name, Object detail) {
        ObjectIdentity identity = new ObjectIdentity("shop", "", "v1", "pods", "Pod", "shop", name, "uid-" + name);
        TraceId trace = new TraceId(new byte[16]);
        Span span = new Span();
        set(span, "spanId", id(number));
        set(span, "parentSpanId", id(object));
        set(span, "traceId", trace);
        set(span, "kind", kind);
        set(span, "objectSpanId", id(object));
        set(span, "object", identity);
        set(span, "startMicros", RECEIVED);
        set(span, "endMicros", RECEIVED);
        set(span, "detail", detail);
        set(span, "acceptedMicros", RECEIVED);
        return span;
    }
}
