package io.tidemark.audit.metric;

import io.tidemark.service.MetricSpec;
import java.util.List;

/**
 * Every metric of the correlator. Its process has no port of its own: it writes them to the process that started it, see
 * {@link CorrelatorReading}.
 */
public enum CorrelatorMetric implements MetricSpec {
    EVENTS(
            "tidemark_correlator_events_total",
            Type.COUNTER,
            "Records of the audit topic read, by what they are to a trace; those read again after a restart included.",
            Tag.of("scope", "request", "event", "read", "lease", "review", "nothing_to_tell")),
    FACTS(
            "tidemark_correlator_facts_total",
            Type.COUNTER,
            "Facts taken out of those records; a deletecollection is one more per object in its answer.",
            Tag.of("kind", "request", "item", "event")),
    DUPLICATES(
            "tidemark_correlator_duplicate_facts_total",
            Type.COUNTER,
            "Facts that said nothing new and changed nothing."),
    LATE(
            "tidemark_correlator_late_facts_total",
            Type.COUNTER,
            "Facts older than what is remembered of their object; their spans are marked late. Worry when it grows."),
    FORGOTTEN(
            "tidemark_correlator_forgotten_total",
            Type.COUNTER,
            "Bodies and entries given up, because of their age or because there were too many of one object. Worry when"
                    + " bound=\"count\" grows: correlator.facts.max and correlator.entries.max are too small for it.",
            Tag.of("what", "body", "entry"),
            Tag.of("bound", "age", "count")),
    SPANS(
            "tidemark_correlator_spans_total",
            Type.COUNTER,
            "Spans sent, refinements of earlier ones included.",
            Tag.of("kind", "object", "request", "phase", "admission", "item", "event")),
    EFFECTS(
            "tidemark_correlator_request_spans_total",
            Type.COUNTER,
            "Request spans sent by the effect they name. Worry when the share of unknown grows: bodies are missing.",
            Tag.of(
                    "effect",
                    "created",
                    "updated",
                    "deletion_started",
                    "deleted",
                    "collection_deleted",
                    "no_change",
                    "dry_run",
                    "session",
                    "issued",
                    "accepted",
                    "failed",
                    "unknown")),
    INEXACT(
            "tidemark_correlator_inexact_spans_total",
            Type.COUNTER,
            "Request spans sent whose changes are not proved to be their own doing alone."),
    LAG(
            "tidemark_correlator_lag_records",
            Type.GAUGE,
            "Records of the audit topic not read yet. Worry when it does not fall."),
    CHECKPOINTS(
            "tidemark_correlator_checkpoints_total",
            Type.COUNTER,
            "Checkpoints of the job's state. Worry when failed ones grow: a restart reads ever more again.",
            Tag.of("outcome", "completed", "failed")),
    CHECKPOINT_AT(
            "tidemark_correlator_checkpoint_timestamp_seconds",
            Type.GAUGE,
            "When the newest checkpoint was complete, seconds since the epoch; NaN before the first one."),
    CHECKPOINT_DURATION(
            "tidemark_correlator_checkpoint_duration_seconds", Type.GAUGE, "How long the newest checkpoint took."),
    CHECKPOINT_SIZE(
            "tidemark_correlator_checkpoint_bytes", Type.GAUGE, "What the newest checkpoint added to those before."),
    MEMORY(
            "tidemark_correlator_memory_bytes",
            Type.GAUGE,
            "Objects held in memory in front of the state, by estimate; correlator.memory is its bound. Full is normal."),
    HEAP("tidemark_correlator_heap_bytes", Type.GAUGE, "Heap in use; correlator.heap is its bound."),
    CPU("tidemark_correlator_cpu_seconds_total", Type.COUNTER, "CPU time of the correlator's process.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    CorrelatorMetric(String metricName, Type type, String help, Tag... tags) {
        this.definition = new Definition(metricName, type, help, List.of(tags));
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
