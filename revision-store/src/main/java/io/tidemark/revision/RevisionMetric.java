package io.tidemark.revision;

import io.tidemark.service.MetricSpec;
import io.tidemark.topic.Topics;
import java.util.stream.Stream;

/** Every metric of the revision store, each told by keyspace. */
public enum RevisionMetric implements MetricSpec {
    WRITER("tidemark_kv_writer_active", Type.GAUGE, "1 while this node writes the keyspace. Worry when no node does."),
    APPEND(
            "tidemark_kv_append_seconds",
            Type.TIMER,
            "From a group of records to their being durable. Worry when it takes seconds: all writes wait for it."),
    LOG_COPIES(
            "tidemark_kv_log_replicas",
            Type.GAUGE,
            "Brokers that are to have the keyspace's log, as of its start; 1 on the embedded broker."),
    LOG_CONFIRMING(
            "tidemark_kv_log_confirming_replicas",
            Type.GAUGE,
            "Brokers that have a write before it is answered, at least. Worry when it is 1 on a cluster: writes are lost with"
                    + " that broker."),
    FORWARDED(
            "tidemark_kv_forwarded_calls",
            Type.GAUGE,
            "Calls that the node that writes was handed and has not answered. Worry when it does not fall."),
    ALARMS("tidemark_kv_raised_alarms", Type.GAUGE, "Alarms that are raised. Worry above 0."),
    REVISION("tidemark_kv_applied_revision", Type.GAUGE, "Newest revision that is applied here."),
    COMPACTED(
            "tidemark_kv_compacted_revision",
            Type.GAUGE,
            "Lowest revision that can be read; -1 before the first compaction."),
    QUEUED("tidemark_kv_queued_requests", Type.GAUGE, "Writes that wait to be decided. Worry near kv.queue.requests."),
    READS_APPLYING(
            "tidemark_kv_applying_reads",
            Type.GAUGE,
            "Reads that wait for the log's end, or for what is in the log and not applied yet."),
    READS_WAITING(
            "tidemark_kv_waiting_reads", Type.GAUGE, "Lists that wait for a thread. Worry near etcd.read.waiting."),
    ANSWERS_MEMORY(
            "tidemark_kv_answers_memory_bytes",
            Type.GAUGE,
            "Memory of long answers that clients do not have yet. Worry near etcd.answers.memory: others are refused then."),
    REQUESTS_MEMORY(
            "tidemark_kv_requests_memory_bytes",
            Type.GAUGE,
            "Memory of large requests that arrive or wait to be answered. Worry near etcd.requests.memory: others are refused then."),
    VIEWS("tidemark_kv_open_views", Type.GAUGE, "Reads under way. Worry when it does not fall."),
    LEASES("tidemark_kv_running_leases", Type.GAUGE, "Leases that run here."),
    IMAGE_SIZE("tidemark_kv_image_bytes", Type.GAUGE, "Size of the image's files."),
    IMAGE_MEMORY("tidemark_kv_image_memory_bytes", Type.GAUGE, "Memory of the image outside of the heap."),
    REMOVAL(
            "tidemark_kv_removal_backlog_revisions",
            Type.GAUGE,
            "Revisions that were compacted and not removed yet. Worry when it does not fall."),
    REBUILDS(
            "tidemark_kv_image_rebuilds_total",
            Type.COUNTER,
            "How often the image was made: there was none, it was damaged or of another format, or the log had no more what"
                    + " it lacked. Worry when it is damaged again and again: the disk may be failing.",
            Tag.of("cause", "absent", "damaged", "other_format", "unfinished", "behind"),
            Tag.of("source", "checkpoint", "log")),
    CHECKPOINT(
            "tidemark_kv_checkpoint_seconds",
            Type.TIMER,
            "From the copy of the image's files to their being read back from the topic."),
    CHECKPOINT_FAILURES(
            "tidemark_kv_checkpoint_failures_total",
            Type.COUNTER,
            "Checkpoints that were given up; each is tried again after kv.checkpoint.interval. Worry when it grows."),
    CHECKPOINT_AGE(
            "tidemark_kv_checkpoint_age_seconds",
            Type.GAUGE,
            "How old the newest checkpoint is; NaN when there is none. Worry when it is many times kv.checkpoint.interval and"
                    + " the revision is more than kv.checkpoint.changes ahead of it."),
    CHECKPOINT_REVISION(
            "tidemark_kv_checkpoint_revision",
            Type.GAUGE,
            "Revision of the newest checkpoint; NaN when there is none."),
    CHECKPOINT_SIZE(
            "tidemark_kv_checkpoint_bytes", Type.GAUGE, "Size of the newest checkpoint; NaN when there is none.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    RevisionMetric(String metricName, Type type, String help, Tag... tags) {
        this.definition = new Definition(
                metricName,
                type,
                help,
                Stream.concat(Stream.of(Tag.upTo(Topics.KEYSPACES_MAX, "keyspace")), Stream.of(tags))
                        .toList());
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
