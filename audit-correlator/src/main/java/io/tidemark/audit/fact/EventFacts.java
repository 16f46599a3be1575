package io.tidemark.audit.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.audit.diff.KindTable;
import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.schema.correlate.BodyShape;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write of a Kubernetes Event as one occurrence of it. Both API groups are views of the same stored object, so both
 * lead to the same key; the fact's identity is the Event's uid and its count.
 */
final class EventFacts {
    private EventFacts() {}

    static List<Facts.Keyed> read(AuditEvent accepted, AuditRecord event) {
        Body answer = event.response;
        if (event.code >= 300 || answer == null || !answer.kind.equals("Event") || answer.uid.isEmpty()) {
            return List.of();
        }
        JsonNode tree = RequestBody.tree(event, answer);
        String key = String.join("/", accepted.getCluster(), "", "events", answer.namespace, answer.name);
        return List.of(new Facts.Keyed(key, evidence(accepted, event, answer, tree)));
    }

    private static Evidence evidence(AuditEvent accepted, AuditRecord event, Body answer, JsonNode tree) {
        int count = count(tree);
        long last = lastMicros(tree, answer, accepted);
        long first = firstMicros(tree, last);
        Span draft = draft(accepted, event, answer, tree, new Times(first, last, count));
        Fact fact = Fact.newBuilder()
                .setKind(FactKind.EVENT)
                .setSpanId(SpanIds.number(draft.getSpanId().bytes()))
                .setRichness(RequestFact.decimal(answer.resourceVersion))
                .setReceivedMicros(first)
                .setStageMicros(last)
                .setAcceptedMicros(Instants.micros(accepted.getAcceptedMicros()))
                .setUid(answer.uid)
                .setEffect(io.tidemark.schema.audit.Effect.CREATED.name())
                .setSubresource("")
                .setClaims(false)
                .setVersion(RequestFact.decimal(answer.resourceVersion))
                .setBase(0)
                .setCreatedMicros(Instants.micros(answer.creationTimestamp))
                .setShape(BodyShape.NONE)
                .setBody(ByteBuffer.allocate(0))
                .setAsked(ByteBuffer.allocate(0))
                .setHasMetadata(false)
                .setOwners(List.of())
                .setLabels(Map.of())
                .setNode("")
                .setCount(count)
                .build();
        return new Evidence(fact, draft, List.of());
    }

    private record Times(long first, long last, int count) {}

    private static Span draft(AuditEvent accepted, AuditRecord event, Body answer, JsonNode tree, Times times) {
        JsonNode subject = tree.has("regarding") ? tree.get("regarding") : tree.path("involvedObject");
        ObjectIdentity object = subject(accepted.getCluster(), subject);
        long id = SpanIds.occurrence(accepted.getCluster(), answer.uid, times.count());
        long objectId = SpanIds.object(object, object.getUid());
        return new Span(
                new SpanId(SpanIds.bytes(id)),
                new SpanId(SpanIds.bytes(objectId)),
                new TraceId(SpanIds.trace(objectId, times.last())),
                SpanKind.EVENT,
                new SpanId(SpanIds.bytes(objectId)),
                object,
                Instants.of(times.last()),
                Instants.of(times.last()),
                detail(event, answer, tree, subject, times.count()),
                accepted.getAcceptedMicros(),
                false,
                false);
    }

    private static ObjectIdentity subject(String cluster, JsonNode subject) {
        String apiVersion = text(subject, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String kind = text(subject, "kind");
        Optional<KindTable.Resource> known = KindTable.resourceOf(apiVersion, kind);
        boolean namespaced = known.map(KindTable.Resource::namespaced).orElse(true);
        return new ObjectIdentity(
                cluster,
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                known.map(KindTable.Resource::resource).orElse(""),
                kind,
                namespaced ? text(subject, "namespace") : "",
                text(subject, "name"),
                text(subject, "uid"));
    }

    private static EventDetail detail(AuditRecord event, Body answer, JsonNode tree, JsonNode subject, int count) {
        JsonNode source = tree.has("deprecatedSource") ? tree.get("deprecatedSource") : tree.path("source");
        String controller = text(tree, "reportingController", "reportingComponent");
        String instance = text(tree, "reportingInstance");
        return EventDetail.newBuilder()
                .setEventNamespace(answer.namespace)
                .setEventName(answer.name)
                .setEventUid(answer.uid)
                .setType(text(tree, "type"))
                .setReason(text(tree, "reason"))
                .setAction(text(tree, "action"))
                .setMessage(text(tree, "note", "message"))
                .setReporter(controller.isEmpty() ? text(source, "component") : controller)
                .setReporterInstance(instance.isEmpty() ? text(source, "host") : instance)
                .setCount(count)
                .setObserved(count)
                .setSeries(tree.hasNonNull("series"))
                .setFieldPath(text(subject, "fieldPath"))
                .setSubjectResourceVersion(text(subject, "resourceVersion"))
                .setRelated(related(tree.path("related")))
                .setMentions(Mentions.of(tree, answer.namespace))
                .setAuditId(event.auditId)
                .setUser(event.user)
                .build();
    }

    private static String related(JsonNode related) {
        return related.isMissingNode() || related.isNull()
                ? ""
                : String.join("/", text(related, "kind"), text(related, "namespace"), text(related, "name"));
    }

    private static int count(JsonNode event) {
        int series = event.path("series").path("count").asInt();
        int plain = Math.max(
                event.path("count").asInt(), event.path("deprecatedCount").asInt());
        return Math.max(1, Math.max(series, plain));
    }

    /** Series, then last, then event, then first time: the newest that the Event tells; else when it was written. */
    private static long lastMicros(JsonNode event, Body answer, AuditEvent accepted) {
        for (String text : new String[] {
            text(event.path("series"), "lastObservedTime"),
            text(event, "lastTimestamp", "deprecatedLastTimestamp"),
            text(event, "eventTime"),
            text(event, "firstTimestamp", "deprecatedFirstTimestamp"),
            answer.creationTimestamp
        }) {
            long micros = Instants.micros(text);
            if (micros != 0) {
                return micros;
            }
        }
        return Instants.micros(accepted.getReceivedMicros());
    }

    private static long firstMicros(JsonNode event, long last) {
        long first = Instants.micros(text(event, "firstTimestamp", "deprecatedFirstTimestamp"));
        long eventTime = Instants.micros(text(event, "eventTime"));
        long earliest = first != 0 ? first : eventTime;
        return earliest == 0 || earliest > last ? last : earliest;
    }

    private static String text(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
                return value.asText();
            }
        }
        return "";
    }
}
