package io.tidemark.topic;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.kv.KeyspaceKey;
import io.tidemark.schema.kv.KvCheckpoint;
import io.tidemark.schema.kv.KvTransaction;

/** The encoding of every topic's keys and values: Avro in Confluent's wire format, ids from the bundled catalogue. */
public final class Serdes {
    private static final SchemaSource SCHEMAS = new SchemaSource(SchemaCatalogue.bundled());

    public static final AvroCodec<ObjectKey> AUDIT_EVENT_KEY =
            new AvroCodec<>(SCHEMAS, "tidemark.audit.events-key", ObjectKey.getClassSchema());
    public static final AvroCodec<AuditEvent> AUDIT_EVENT =
            new AvroCodec<>(SCHEMAS, "tidemark.audit.events-value", AuditEvent.getClassSchema());
    public static final AvroCodec<ClusterKey> AUDIT_REJECT_KEY =
            new AvroCodec<>(SCHEMAS, "tidemark.audit.rejects-key", ClusterKey.getClassSchema());
    public static final AvroCodec<AuditReject> AUDIT_REJECT =
            new AvroCodec<>(SCHEMAS, "tidemark.audit.rejects-value", AuditReject.getClassSchema());
    public static final AvroCodec<ObjectKey> AUDIT_SPAN_KEY =
            new AvroCodec<>(SCHEMAS, "tidemark.audit.spans-key", ObjectKey.getClassSchema());
    public static final AvroCodec<Span> AUDIT_SPAN =
            new AvroCodec<>(SCHEMAS, "tidemark.audit.spans-value", Span.getClassSchema());
    public static final AvroCodec<KeyspaceKey> KV_TRANSACTION_KEY =
            new AvroCodec<>(SCHEMAS, "tidemark.kv.transactions-key", KeyspaceKey.getClassSchema());
    public static final AvroCodec<KvTransaction> KV_TRANSACTION =
            new AvroCodec<>(SCHEMAS, "tidemark.kv.transactions-value", KvTransaction.getClassSchema());

    public static final AvroCodec<KeyspaceKey> KV_CHECKPOINT_KEY =
            new AvroCodec<>(SCHEMAS, "tidemark.kv.checkpoints-key", KeyspaceKey.getClassSchema());
    public static final AvroCodec<KvCheckpoint> KV_CHECKPOINT =
            new AvroCodec<>(SCHEMAS, "tidemark.kv.checkpoints-value", KvCheckpoint.getClassSchema());

    private Serdes() {}

    /** From now on, all codecs of this process ask the registry for ids that the bundled catalogue does not know. */
    public static void ask(SchemaRegistry registry) {
        SCHEMAS.ask(registry);
    }
}
