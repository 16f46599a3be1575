package io.tidemark.topic;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.Span;

/** The encoding of every topic's keys and values: Avro in Confluent's wire format, ids from the bundled catalogue. */
public final class Serdes {
    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.bundled();

    public static final AvroCodec<ObjectKey> AUDIT_EVENT_KEY =
            new AvroCodec<>(CATALOGUE, "tidemark.audit.events-key", ObjectKey.getClassSchema());
    public static final AvroCodec<AuditEvent> AUDIT_EVENT =
            new AvroCodec<>(CATALOGUE, "tidemark.audit.events-value", AuditEvent.getClassSchema());
    public static final AvroCodec<ClusterKey> AUDIT_REJECT_KEY =
            new AvroCodec<>(CATALOGUE, "tidemark.audit.rejects-key", ClusterKey.getClassSchema());
    public static final AvroCodec<AuditReject> AUDIT_REJECT =
            new AvroCodec<>(CATALOGUE, "tidemark.audit.rejects-value", AuditReject.getClassSchema());
    public static final AvroCodec<ObjectKey> AUDIT_SPAN_KEY =
            new AvroCodec<>(CATALOGUE, "tidemark.audit.spans-key", ObjectKey.getClassSchema());
    public static final AvroCodec<Span> AUDIT_SPAN =
            new AvroCodec<>(CATALOGUE, "tidemark.audit.spans-value", Span.getClassSchema());

    private Serdes() {}
}
