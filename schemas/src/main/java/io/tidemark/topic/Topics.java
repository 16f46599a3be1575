package io.tidemark.topic;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.Span;
import java.time.Duration;
import java.util.List;

/** Every topic of Tidemark. The reference page, the topic resources and the topics made at start all come from here. */
public final class Topics {
    public static final Topic<ObjectKey, AuditEvent> AUDIT_EVENTS = new Topic<>(
            "tidemark.audit.events",
            "Audit events as the doors accepted them: validated, redacted, one record per event.",
            Serdes.AUDIT_EVENT_KEY,
            Serdes.AUDIT_EVENT,
            4,
            Duration.ofDays(7),
            "ingest",
            List.of("audit-correlator"));

    public static final Topic<ClusterKey, AuditReject> AUDIT_REJECTS = new Topic<>(
            "tidemark.audit.rejects",
            "Audit events that a door refused, with the reason and without the body.",
            Serdes.AUDIT_REJECT_KEY,
            Serdes.AUDIT_REJECT,
            1,
            Duration.ofDays(7),
            "ingest",
            List.of());

    public static final Topic<ObjectKey, Span> AUDIT_SPANS = new Topic<>(
            "tidemark.audit.spans",
            "Object spans: lives, requests, Events. A later record with the same span id replaces the earlier one.",
            Serdes.AUDIT_SPAN_KEY,
            Serdes.AUDIT_SPAN,
            4,
            Duration.ofDays(7),
            "audit-correlator",
            List.of("query-api"));

    /** All topics, in the order of the reference page. */
    public static final List<Topic<?, ?>> ALL = List.of(AUDIT_EVENTS, AUDIT_REJECTS, AUDIT_SPANS);

    private Topics() {}
}
