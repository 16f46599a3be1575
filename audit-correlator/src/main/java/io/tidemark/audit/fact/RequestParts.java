package io.tidemark.audit.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.topic.Serdes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The spans below a request: the phases of a slow one (the API server notes them when it took longer than 500 ms) and
 * what each mutating webhook changed.
 */
final class RequestParts {
    private static final String LATENCY = "apiserver.latency.k8s.io/";
    private static final String PATCH = "patch.webhook.admission.k8s.io/";

    /** The order in which a request passes these; the annotations themselves have no order. */
    private static final List<String> PIPELINE = List.of(
            "authentication",
            "audit",
            "impersonation",
            "authorization",
            "apf-queue-wait",
            "decode-response-object",
            "mutating-webhook",
            "validating-webhook",
            "etcd",
            "transform-response-object",
            "serialize-response-object",
            "response-write");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditRecord event;
    private final AuditEvent accepted;
    private final long requestId;
    private final ObjectName name;

    private RequestParts(AuditRecord event, AuditEvent accepted, long requestId, ObjectName name) {
        this.event = event;
        this.accepted = accepted;
        this.requestId = requestId;
        this.name = name;
    }

    static List<ByteBuffer> of(AuditRecord event, AuditEvent accepted, long requestId, ObjectName name) {
        return new RequestParts(event, accepted, requestId, name).spans();
    }

    private List<ByteBuffer> spans() {
        List<ByteBuffer> parts = new ArrayList<>();
        Instant at = accepted.getReceivedMicros();
        for (Map.Entry<String, String> phase : phases(event)) {
            long duration = GoDuration.micros(phase.getValue());
            Instant end = at.plus(duration, ChronoUnit.MICROS);
            parts.add(span(SpanKind.PHASE, at, end, new PhaseDetail(phase.getKey(), duration, "")));
            at = end;
        }
        Instant received = accepted.getReceivedMicros();
        for (Map.Entry<String, String> patch : event.annotationsUnder(PATCH)) {
            PhaseDetail detail = new PhaseDetail(webhookName(patch), 0L, patch.getValue());
            parts.add(span(SpanKind.ADMISSION, received, received, detail));
        }
        return parts;
    }

    private static List<Map.Entry<String, String>> phases(AuditRecord event) {
        return event.annotationsUnder(LATENCY).stream()
                .filter(phase -> !phase.getKey().equals("total"))
                .sorted(Comparator.comparingInt(phase -> position(phase.getKey())))
                .toList();
    }

    private static int position(String phase) {
        int index = PIPELINE.indexOf(phase);
        return index < 0 ? PIPELINE.size() : index;
    }

    /**
     * The annotation's name only numbers the call (round_0_index_1); its value names the webhook:
     * {"configuration":"c","webhook":"w","patch":[...],"patchType":"JSONPatch"}.
     */
    private static String webhookName(Map.Entry<String, String> patch) {
        try {
            JsonNode call = JSON.readTree(patch.getValue());
            return patch.getKey() + " " + call.path("configuration").asText() + "/"
                    + call.path("webhook").asText();
        } catch (JsonProcessingException e) {
            return patch.getKey(); // not what the API server writes; the number still tells the calls apart
        }
    }

    private ByteBuffer span(SpanKind kind, Instant start, Instant end, PhaseDetail detail) {
        long id = SpanIds.below(requestId, kind.name(), detail.getName());
        return ByteBuffer.wrap(Serdes.AUDIT_SPAN.encode(new Span(
                new SpanId(SpanIds.bytes(id)),
                new SpanId(SpanIds.bytes(requestId)),
                new TraceId(new byte[16]),
                kind,
                new SpanId(new byte[8]),
                name.identity(""),
                start,
                end,
                detail,
                accepted.getAcceptedMicros(),
                false,
                false)));
    }
}
