package io.tidemark.ingest.door;

import io.tidemark.service.MetricSpec;
import java.util.List;

/**
 * Every metric of the audit doors. Events that came in = accepted + rejected, once each for every time a client sent
 * them.
 */
public enum IngestMetric implements MetricSpec {
    ACCEPTED(
            "tidemark_ingest_accepted_events_total",
            Type.COUNTER,
            "Audit events that are durable, repeated ones included.",
            Tag.of("door", "webhook", "file", "upload")),
    REJECTED(
            "tidemark_ingest_rejected_events_total",
            Type.COUNTER,
            "Audit events refused for what they are. Worry when it grows: tidemark.audit.rejects has the reasons.",
            Tag.of("door", "webhook", "file", "upload")),
    BYTES(
            "tidemark_ingest_accepted_bytes_total",
            Type.COUNTER,
            "Bytes of the accepted audit events, as redacted.",
            Tag.of("door", "webhook", "file", "upload")),
    FAILED(
            "tidemark_ingest_failed_batches_total",
            Type.COUNTER,
            "Batches the log was too full for or did not confirm; clients send them again. Worry when it grows.",
            Tag.of("door", "webhook", "file", "upload")),
    IN_FLIGHT("tidemark_ingest_in_flight_bytes", Type.GAUGE, "Bytes of events sent to the log and not yet confirmed."),
    BUFFERED("tidemark_ingest_buffered_bytes", Type.GAUGE, "Bytes of webhook bodies that are held.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    IngestMetric(String metricName, Type type, String help, Tag... tags) {
        this.definition = new Definition(metricName, type, help, List.of(tags));
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
