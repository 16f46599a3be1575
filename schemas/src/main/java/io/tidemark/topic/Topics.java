package io.tidemark.topic;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.kv.KeyspaceKey;
import io.tidemark.schema.kv.KvCheckpoint;
import io.tidemark.schema.kv.KvTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every topic of Tidemark. The reference page, the topic resources and the topics made at start all come from here. */
public final class Topics {
    /** How many keyspaces there can be: each has a partition, the one with the number of its place in the configured list. */
    public static final int KEYSPACES_MAX = 4;

    /**
     * Largest batch of {@link #KV_TRANSACTIONS}, bytes: one transaction of a request of 1.5 MiB is somewhat larger than the
     * request, one that deletes a range has all the keys of it.
     */
    public static final int KV_BATCH_BYTES_MAX = 16 * 1024 * 1024;

    /** Largest batch of {@link #KV_CHECKPOINTS}, bytes: one record. */
    public static final int KV_CHECKPOINT_BYTES_MAX = 1024 * 1024;

    public static final Topic<ObjectKey, AuditEvent> AUDIT_EVENTS = new Topic<>(
            "tidemark.audit.events",
            "Audit events as the doors accepted them: validated, redacted, one record per event.",
            Serdes.AUDIT_EVENT_KEY,
            Serdes.AUDIT_EVENT,
            Topic.Shape.spread(4, Duration.ofDays(7)),
            "ingest",
            List.of("audit-correlator"));

    public static final Topic<ClusterKey, AuditReject> AUDIT_REJECTS = new Topic<>(
            "tidemark.audit.rejects",
            "Audit events that a door refused, with the reason and without the body.",
            Serdes.AUDIT_REJECT_KEY,
            Serdes.AUDIT_REJECT,
            Topic.Shape.spread(1, Duration.ofDays(7)),
            "ingest",
            List.of());

    public static final Topic<ObjectKey, Span> AUDIT_SPANS = new Topic<>(
            "tidemark.audit.spans",
            "Object spans: lives, requests, Events. A later record with the same span id replaces the earlier one.",
            Serdes.AUDIT_SPAN_KEY,
            Serdes.AUDIT_SPAN,
            Topic.Shape.spread(4, Duration.ofDays(7)),
            "audit-correlator",
            List.of("query-api"));

    public static final Topic<KeyspaceKey, KvTransaction> KV_TRANSACTIONS = new Topic<>(
            "tidemark.kv.transactions",
            "What happened in a keyspace: one record per revision, lease or compaction, in the partition with the number of"
                    + " the keyspace's place in the configured list.",
            Serdes.KV_TRANSACTION_KEY,
            Serdes.KV_TRANSACTION,
            Topic.Shape.numberedForever(
                    KEYSPACES_MAX,
                    Map.of(
                            "max.message.bytes",
                            Integer.toString(KV_BATCH_BYTES_MAX),
                            // the store would rather wait than go on from a copy that lacks what it has answered
                            "unclean.leader.election.enable",
                            "false")),
            "revision-store",
            List.of("revision-store"));

    public static final Topic<KeyspaceKey, KvCheckpoint> KV_CHECKPOINTS = new Topic<>(
            "tidemark.kv.checkpoints",
            "Checkpoints of keyspaces' images, in the same partitions: files in parts, then a record that closes one. Of each"
                    + " keyspace the newest two are kept; who writes them deletes the records of older ones.",
            Serdes.KV_CHECKPOINT_KEY,
            Serdes.KV_CHECKPOINT,
            Topic.Shape.numberedForever(
                    KEYSPACES_MAX,
                    Map.of(
                            "max.message.bytes",
                            Integer.toString(KV_CHECKPOINT_BYTES_MAX),
                            // what was deleted takes room until all of its segment was
                            "segment.bytes",
                            Integer.toString(64 * 1024 * 1024))),
            "revision-store",
            List.of("revision-store"));

    /** All topics, in the order of the reference page. */
    public static final List<Topic<?, ?>> ALL =
            List.of(AUDIT_EVENTS, AUDIT_REJECTS, AUDIT_SPANS, KV_TRANSACTIONS, KV_CHECKPOINTS);

    private Topics() {}
}
