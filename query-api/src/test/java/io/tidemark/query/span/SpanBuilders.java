package io.tidemark.query.span;

import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.topic.Serdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Spans for tests: plain values everywhere, changed by the consumer given. Ids are hashes of the name given. */
public final class SpanBuilders {
    public static final Instant DAY = Instant.parse("2026-11-23T08:00:00Z");

    static {
        // Avro copies only classes somebody vouched for; the codec does
        Serdes.AUDIT_SPAN.schema();
    }

    private SpanBuilders() {}

    /** A moment of the day, seconds after eight o'clock. */
    public static Instant at(double seconds) {
        return Micros.at(Micros.of(DAY) + Math.round(seconds * 1_000_000));
    }

    public static SpanId id(String cause) {
        UUID hash = UUID.nameUUIDFromBytes(cause.getBytes(StandardCharsets.UTF_8));
        return new SpanId(
                ByteBuffer.allocate(8).putLong(hash.getMostSignificantBits()).array());
    }

    public static SpanRef ref(String cause) {
        return SpanRef.of(id(cause));
    }

    public static ObjectIdentity identity(String resource, String kind, String namespace, String name) {
        return ObjectIdentity.newBuilder()
                .setCluster("shop")
                .setGroup(resource.equals("deployments") || resource.equals("replicasets") ? "apps" : "")
                .setVersion("v1")
                .setResource(resource)
                .setKind(kind)
                .setNamespace(namespace)
                .setName(name)
                .setUid("uid-" + name)
                .build();
    }

    public static ObjectIdentity deployment(String name) {
        return identity("deployments", "Deployment", "shop", name);
    }

    public static ObjectIdentity replicaSet(String name) {
        return identity("replicasets", "ReplicaSet", "shop", name);
    }

    public static ObjectIdentity pod(String name) {
        return identity("pods", "Pod", "shop", name);
    }

    public static Span object(ObjectIdentity object, double from, Consumer<Span.Builder> more) {
        ObjectDetail life = ObjectDetail.newBuilder()
                .setCreatedMicros(at(from))
                .setOwners(List.of())
                .setLabels(new HashMap<>(Map.of("app", object.getName())))
                .build();
        Span.Builder span = span(object.getUid(), SpanKind.OBJECT, object, from).setDetail(life);
        more.accept(span);
        return span.build();
    }

    public static Span ownedBy(Span object, ObjectIdentity... owners) {
        ObjectDetail life = ObjectDetail.newBuilder((ObjectDetail) object.getDetail())
                .setOwners(Arrays.stream(owners)
                        .map(owner -> OwnerLink.newBuilder()
                                .setSpanId(id(owner.getUid()))
                                .setApiVersion("apps/v1")
                                .setKind(owner.getKind())
                                .setName(owner.getName())
                                .setUid(owner.getUid())
                                .setController(owner.equals(owners[0]))
                                .setSinceMicros(object.getStartMicros())
                                .build())
                        .toList())
                .build();
        return Span.newBuilder(object).setDetail(life).build();
    }

    /** An update by alice that succeeded and took 20 ms. */
    public static Span request(
            String auditId, ObjectIdentity object, double from, Consumer<RequestDetail.Builder> more) {
        RequestDetail.Builder request = update().setAuditId(auditId);
        more.accept(request);
        return span(auditId, SpanKind.REQUEST, object, from)
                .setParentSpanId(id(object.getUid()))
                .setEndMicros(at(from + 0.02))
                .setDetail(request.build())
                .build();
    }

    private static RequestDetail.Builder update() {
        return RequestDetail.newBuilder()
                .setVerb("update")
                .setSubresource("")
                .setRequestUri("/apis/apps/v1")
                .setLevel("RequestResponse")
                .setUser("alice")
                .setGroups(List.of("system:authenticated"))
                .setImpersonated("")
                .setUserAgent("kubectl/v1.37.2 (linux/amd64)")
                .setSourceIps(List.of("10.0.0.1"))
                .setCode(200)
                .setReason("")
                .setMessage("")
                .setCauses(List.of())
                .setEffect(Effect.UPDATED)
                .setEffectReason("")
                .setResourceVersion("100")
                .setBaseResourceVersion("")
                .setPreviousResourceVersion("99")
                .setChanges(List.of())
                .setChangesOmitted(0)
                .setExact(true)
                .setExactReason("update on proved base")
                .setDryRun(false)
                .setFieldManager("kubectl")
                .setPatchType("")
                .setTarget("")
                .setAsked("")
                .setItems(-1)
                .setTruncated(false)
                .setAdmission("");
    }

    public static Change change(String path, String before, String after) {
        return Change.newBuilder()
                .setPath(path)
                .setBefore(before)
                .setAfter(after)
                .build();
    }

    public static Span event(String cause, ObjectIdentity object, double from, String reason, String message) {
        EventDetail event = EventDetail.newBuilder()
                .setEventNamespace(object.getNamespace())
                .setEventName(cause)
                .setEventUid(cause)
                .setType("Warning")
                .setReason(reason)
                .setAction("")
                .setMessage(message)
                .setReporter("kubelet")
                .setReporterInstance("node-1")
                .setCount(1)
                .setObserved(1)
                .setSeries(false)
                .setFieldPath("")
                .setSubjectResourceVersion("")
                .setRelated("")
                .setAuditId("audit-" + cause)
                .setUser("system:node:node-1")
                .build();
        return span(cause, SpanKind.EVENT, object, from)
                .setParentSpanId(id(object.getUid()))
                .setEndMicros(at(from))
                .setDetail(event)
                .build();
    }

    public static Span phase(String name, Span request) {
        PhaseDetail phase = PhaseDetail.newBuilder()
                .setName(name)
                .setDurationMicros(5_000)
                .setPatch("")
                .build();
        return Span.newBuilder(request)
                .setSpanId(id(request.getSpanId() + name))
                .setParentSpanId(request.getSpanId())
                .setKind(SpanKind.PHASE)
                .setDetail(phase)
                .build();
    }

    public static Span item(String auditId, ObjectIdentity object, double from) {
        ItemDetail item = ItemDetail.newBuilder()
                .setRequestSpanId(id(auditId))
                .setAuditId(auditId)
                .setUser("ci")
                .setUserAgent("robot/1")
                .setResourceVersion("7")
                .setEffect(Effect.DELETED)
                .setEffectReason("listed in the answer")
                .build();
        return span(auditId + object.getUid(), SpanKind.ITEM, object, from)
                .setParentSpanId(id(object.getUid()))
                .setEndMicros(at(from + 0.01))
                .setDetail(item)
                .build();
    }

    public static Span late(Span span) {
        return Span.newBuilder(span).setLate(true).build();
    }

    private static Span.Builder span(String cause, SpanKind kind, ObjectIdentity object, double from) {
        return Span.newBuilder()
                .setSpanId(id(cause))
                .setTraceId(new TraceId(new byte[16]))
                .setKind(kind)
                .setObjectSpanId(id(object.getUid()))
                .setObject(object)
                .setStartMicros(at(from))
                .setAcceptedMicros(at(from + 1))
                .setLate(false);
    }
}
