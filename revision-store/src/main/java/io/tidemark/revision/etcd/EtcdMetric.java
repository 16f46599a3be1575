package io.tidemark.revision.etcd;

import io.tidemark.service.MetricSpec;
import java.util.List;

/**
 * What {@code /metrics} on an etcd port shows under etcd's own names, for dashboards and alerts made for etcd. Each port tells of
 * its own keyspace. What has no counterpart here is left out.
 */
public enum EtcdMetric implements MetricSpec {
    HAS_LEADER("etcd_server_has_leader", Type.GAUGE, "1 while somebody writes the keyspace. Worry at 0."),
    IS_LEADER("etcd_server_is_leader", Type.GAUGE, "1 while this node writes it."),
    IS_LEARNER("etcd_server_is_learner", Type.GAUGE, "0: there are none."),
    LEADER_CHANGES(
            "etcd_server_leader_changes_seen_total",
            Type.COUNTER,
            "Writers that the keyspace's log has had, from its beginning. Worry when it grows again and again."),
    COMMITTED("etcd_server_proposals_committed_total", Type.GAUGE, "Records of the log that are applied here."),
    APPLIED("etcd_server_proposals_applied_total", Type.GAUGE, "The same: what is durable is applied at once."),
    PENDING(
            "etcd_server_proposals_pending",
            Type.GAUGE,
            "Writes that wait to be decided. Worry near kv.queue.requests."),
    QUOTA("etcd_server_quota_backend_bytes", Type.GAUGE, "Bytes that the keyspace may take, etcd.quota."),
    VERSION(
            "etcd_server_version",
            Type.GAUGE,
            "1; the release whose behaviour this is.",
            Tag.of("server_version", Node.VERSION)),
    CLUSTER_VERSION(
            "etcd_cluster_version",
            Type.GAUGE,
            "1; the release that a cluster as a whole is at.",
            Tag.of("cluster_version", Node.CLUSTER_VERSION)),
    SERVER_ID("etcd_server_id", Type.GAUGE, "1; the node.", Tag.upTo(1, "server_id")),
    SIZE("etcd_mvcc_db_total_size_in_bytes", Type.GAUGE, "Bytes that the keyspace takes. Worry near the quota."),
    SIZE_IN_USE(
            "etcd_mvcc_db_total_size_in_use_in_bytes",
            Type.GAUGE,
            "Of these, what merging of files would not give back."),
    KEYS("etcd_debugging_mvcc_keys_total", Type.GAUGE, "Keys that are there."),
    REVISION("etcd_debugging_mvcc_current_revision", Type.GAUGE, "Newest revision that is applied here."),
    COMPACTED(
            "etcd_debugging_mvcc_compact_revision",
            Type.GAUGE,
            "Lowest revision that can be read; -1 before the first compaction."),
    RANGES("etcd_mvcc_range_total", Type.COUNTER, "Ranges that clients of this port read, in transactions too."),
    PUTS("etcd_mvcc_put_total", Type.COUNTER, "Keys that clients of this port wrote, in transactions too."),
    DELETES("etcd_mvcc_delete_total", Type.COUNTER, "Deletes by clients of this port, in transactions too."),
    TXNS(
            "etcd_mvcc_txn_total",
            Type.COUNTER,
            "Transactions of clients of this port; etcd counts what it reads for other requests, too."),
    RECEIVED("etcd_network_client_grpc_received_bytes_total", Type.COUNTER, "Bytes of messages from clients."),
    SENT("etcd_network_client_grpc_sent_bytes_total", Type.COUNTER, "Bytes of messages to clients."),
    STARTED(
            "grpc_server_started_total",
            Type.COUNTER,
            "Calls by method, by way of the JSON gateway too.",
            Tag.upTo(100, "grpc_method"),
            Tag.upTo(20, "grpc_service"),
            Tag.of("grpc_type", "unary", "client_stream", "server_stream", "bidi_stream")),
    HANDLED(
            "grpc_server_handled_total",
            Type.COUNTER,
            "Calls that were answered, by how; those of codes that a method never gave are left out.",
            Tag.upTo(17, "grpc_code"),
            Tag.upTo(100, "grpc_method"),
            Tag.upTo(20, "grpc_service"),
            Tag.of("grpc_type", "unary", "client_stream", "server_stream", "bidi_stream")),
    CPU("process_cpu_seconds_total", Type.COUNTER, "Seconds of processor time of the process, of all its parts."),
    OPEN_FILES("process_open_fds", Type.GAUGE, "Open file descriptors of the process."),
    MAX_FILES("process_max_fds", Type.GAUGE, "File descriptors that it may open. Worry when they are nearly used up."),
    RESIDENT("process_resident_memory_bytes", Type.GAUGE, "Memory of the process that is in RAM; on Linux only."),
    START("process_start_time_seconds", Type.GAUGE, "When the process started, seconds since 1970.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    EtcdMetric(String metricName, Type type, String help, Tag... tags) {
        this.definition = new Definition(metricName, type, help, List.of(tags));
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
