package io.tidemark.audit.fact;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The spans below a request: the phases of a slow one (the API server notes them when it took longer than 500 ms) and
 * what each mutating webhook changed.
 *
 * <p>Only durations of phases are noted. They are laid out one after the other in the order in which a request passes
 * them, and none beyond the end of the request: some lie within others, so together they can be longer than it.
 */
final class RequestParts {
    private static final String LATENCY = "apiserver.latency.k8s.io/";

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

    static List<Span> of(AuditRecord event, AuditEvent accepted, long requestId, ObjectName name) {
        return new RequestParts(event, accepted, requestId, name).spans();
    }

    private List<Span> spans() {
        List<Span> parts = new ArrayList<>();
        Instant received = accepted.getReceivedMicros();
        Instant done = accepted.getStageMicros().isBefore(received) ? received : accepted.getStageMicros();
        Instant at = received;
        for (Map.Entry<String, String> phase : phases(event)) {
            long duration = GoDuration.micros(phase.getValue());
            Instant start = latest(received, earliest(at, done.minus(duration, ChronoUnit.MICROS)));
            Instant end = earliest(start.plus(duration, ChronoUnit.MICROS), done);
            parts.add(span(SpanKind.PHASE, start, end, phase(phase.getKey(), duration)));
            at = end;
        }
        for (PhaseDetail step : AdmissionSteps.of(event)) {
            parts.add(span(SpanKind.ADMISSION, received, received, step));
        }
        return parts;
    }

    private static PhaseDetail phase(String name, long duration) {
        return new PhaseDetail(name, duration, "", List.of(), 0);
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    private static List<Map.Entry<String, String>> phases(AuditRecord event) {
        List<Map.Entry<String, String>> noted = event.annotationsUnder(LATENCY);
        if (noted.isEmpty()) {
            return noted; // a request was fast
        }
        return noted.stream()
                .filter(phase -> !phase.getKey().equals("total"))
                .sorted(Comparator.comparingInt(phase -> position(phase.getKey())))
                .toList();
    }

    private static int position(String phase) {
        int index = PIPELINE.indexOf(phase);
        return index < 0 ? PIPELINE.size() : index;
    }

    private Span span(SpanKind kind, Instant start, Instant end, PhaseDetail detail) {
        long id = SpanIds.below(requestId, kind.name(), detail.getName());
        return new Span(
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
                false);
    }
}
