package io.tidemark.audit.correlate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whole audit events as an API server writes them, given by what is particular to a case, and the spans they lead to. */
final class Cases {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USUAL = """
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"a",
             "stage":"ResponseComplete","requestURI":"/apis/apps/v1/namespaces/shop/deployments/web","verb":"update",
             "user":{"username":"alice","groups":["system:authenticated"]},"sourceIPs":["10.0.0.7"],
             "userAgent":"kubectl/v1.37.2","objectRef":{"resource":"deployments","namespace":"shop","name":"web",
             "apiGroup":"apps","apiVersion":"v1"},"responseStatus":{"metadata":{},"code":200},
             "requestReceivedTimestamp":"2026-11-23T08:00:01.000000Z","stageTimestamp":"2026-11-23T08:00:01.010000Z",
             "annotations":{"authorization.k8s.io/decision":"allow"}}""";

    private final SpanSet set = new SpanSet();

    /** Feeds an event: the usual one with these members put over it, objects member by member, null taking one away. */
    Cases feed(String particular) {
        set.feed(event(particular));
        return this;
    }

    /** The correlator's state is made anew; the spans that it sent stay. */
    Cases loseState() {
        set.loseState();
        return this;
    }

    static AuditEvent event(String particular) {
        ObjectNode event = (ObjectNode) tree(USUAL);
        put(event, tree(particular));
        return Recording.event(event.toString());
    }

    /** Feeds the recorded event (its last stage) of an audit ID. */
    Cases feedRecorded(String auditId) {
        AuditEvent found = Recording.shop().stream()
                .filter(event -> event.getAuditId().equals(auditId))
                .reduce((first, second) -> second)
                .orElseThrow();
        set.feed(found);
        return this;
    }

    /** The only request with this audit ID. */
    RequestDetail request(String auditId) {
        return (RequestDetail) span(auditId).getDetail();
    }

    Span span(String auditId) {
        List<Span> found = spans(SpanKind.REQUEST).stream()
                .filter(span -> ((RequestDetail) span.getDetail()).getAuditId().equals(auditId))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " request spans with audit ID " + auditId);
        }
        return found.getFirst();
    }

    List<Span> spans(SpanKind kind) {
        return set.spans().values().stream()
                .filter(span -> span.getKind() == kind)
                .toList();
    }

    static JsonNode body(AuditEvent event, String member) {
        return tree(StandardCharsets.UTF_8.decode(event.getEvent().duplicate()).toString())
                .path(member);
    }

    private static void put(ObjectNode into, JsonNode from) {
        from.properties().forEach(member -> {
            JsonNode value = member.getValue();
            boolean body = member.getKey().endsWith("Object");
            if (value.isNull()) {
                into.remove(member.getKey());
            } else if (value.isObject() && !body && into.get(member.getKey()) instanceof ObjectNode inner) {
                put(inner, value);
            } else {
                into.set(member.getKey(), value);
            }
        });
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
