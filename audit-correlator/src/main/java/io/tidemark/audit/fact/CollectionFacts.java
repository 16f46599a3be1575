package io.tidemark.audit.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.schema.correlate.BodyShape;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One fact per object in the answer of a deletecollection: the list as it was read before the deletion. */
final class CollectionFacts {
    private static final String LIST = "List";

    private CollectionFacts() {}

    /** Number of objects in the answer; -1 when it is no list or not in the log. */
    static int count(AuditRecord event) {
        Body answer = event.response;
        return answer == null || answer.items == null || !event.verb.equals("deletecollection")
                ? -1
                : answer.items.size();
    }

    static List<Facts.Keyed> read(AuditEvent accepted, AuditRecord event, ObjectName collection, RequestFact request) {
        Body answer = event.response;
        if (answer == null || answer.items == null || request.effect.effect() != Effect.COLLECTION_DELETED) {
            return List.of();
        }
        String kind = answer.kind.endsWith(LIST)
                ? answer.kind.substring(0, answer.kind.length() - LIST.length())
                : answer.kind;
        List<Facts.Keyed> facts = new ArrayList<>();
        for (Body item : answer.items) {
            if (!item.uid.isEmpty() && !item.name.isEmpty()) {
                ObjectName name = collection.item(item.namespace, item.name, kind);
                facts.add(new Facts.Keyed(name.key(), evidence(accepted, event, name, item, request)));
            }
        }
        return facts;
    }

    private static Evidence evidence(
            AuditEvent accepted, AuditRecord event, ObjectName name, Body item, RequestFact request) {
        ItemDetail detail = detail(event, item, request);
        long spanId = SpanIds.below(request.spanId, "ITEM", item.uid);
        Fact fact = Fact.newBuilder()
                .setKind(FactKind.ITEM)
                .setSpanId(spanId)
                .setRichness(0)
                .setReceivedMicros(Instants.micros(accepted.getReceivedMicros()))
                .setStageMicros(Instants.micros(accepted.getStageMicros()))
                .setAcceptedMicros(Instants.micros(accepted.getAcceptedMicros()))
                .setUid(item.uid)
                .setEffect(detail.getEffect().name())
                .setSubresource("")
                .setClaims(false)
                .setVersion(RequestFact.decimal(item.resourceVersion))
                .setBase(0)
                .setCreatedMicros(Instants.micros(item.creationTimestamp))
                .setShape(BodyShape.WHOLE)
                .setBody(ByteBuffer.wrap(item.slim(event.json)))
                .setAsked(ByteBuffer.allocate(0))
                .setHasMetadata(true)
                .setOwners(item.owners)
                .setLabels(item.labels)
                .setNode("")
                .setCount(0)
                .build();
        return new Evidence(fact, draft(accepted, name, item, spanId, detail), List.of());
    }

    private static Span draft(AuditEvent accepted, ObjectName name, Body item, long spanId, ItemDetail detail) {
        return new Span(
                new SpanId(SpanIds.bytes(spanId)),
                null,
                new TraceId(new byte[16]),
                SpanKind.ITEM,
                new SpanId(new byte[8]),
                name.identity(item.uid),
                accepted.getReceivedMicros(),
                accepted.getStageMicros(),
                detail,
                accepted.getAcceptedMicros(),
                false,
                false);
    }

    private static ItemDetail detail(AuditRecord event, Body item, RequestFact request) {
        Conclusion conclusion = conclude(event, item, request.asked.target());
        return ItemDetail.newBuilder()
                .setRequestSpanId(new SpanId(SpanIds.bytes(request.spanId)))
                .setAuditId(event.auditId)
                .setUser(event.impersonated.isEmpty() ? event.user : event.impersonated)
                .setUserAgent(event.userAgent)
                .setResourceVersion(item.resourceVersion)
                .setEffect(conclusion.effect())
                .setEffectReason(conclusion.reason())
                .build();
    }

    private record Conclusion(Effect effect, String reason) {}

    /**
     * What became of the item. The answer shows it as it was before, so this is concluded from what keeps an object:
     * finalizers, the propagation policies that add one, and for pods their grace period.
     */
    private static Conclusion conclude(AuditRecord event, Body item, String target) {
        boolean atOnce = target.contains("gracePeriodSeconds=0");
        if (!item.deletionTimestamp.isEmpty() && (!atOnce || item.finalizers > 0)) {
            return new Conclusion(Effect.NO_CHANGE, "was being deleted already");
        }
        if (item.finalizers > 0) {
            return new Conclusion(Effect.DELETION_STARTED, "waits for its finalizers");
        }
        if (target.contains("propagationPolicy=Orphan") || target.contains("propagationPolicy=Foreground")) {
            return new Conclusion(Effect.DELETION_STARTED, "waits for its dependents");
        }
        return event.resource.equals("pods") && event.group.isEmpty()
                ? concludePod(RequestBody.tree(event, item), target)
                : new Conclusion(Effect.DELETED, "");
    }

    /** Source: {@code pkg/registry/core/pod/strategy.go}, CheckGracefulDelete. */
    private static Conclusion concludePod(JsonNode pod, String target) {
        String phase = pod.path("status").path("phase").asText();
        boolean atOnce = target.contains("gracePeriodSeconds=0")
                || pod.path("spec").path("nodeName").asText().isEmpty()
                || phase.equals("Succeeded")
                || phase.equals("Failed")
                || pod.path("spec").path("terminationGracePeriodSeconds").asLong(30) == 0;
        return atOnce ? new Conclusion(Effect.DELETED, "") : new Conclusion(Effect.DELETION_STARTED, "grace period");
    }
}
