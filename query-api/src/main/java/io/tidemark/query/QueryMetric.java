package io.tidemark.query;

import io.tidemark.service.MetricSpec;
import java.util.List;

/** Every metric of the query side. */
public enum QueryMetric implements MetricSpec {
    LAG(
            "tidemark_query_lag_records",
            Type.GAUGE,
            "Records of the span topic that are not applied yet. Worry when it does not fall."),
    SPANS(
            "tidemark_query_spans_total",
            Type.COUNTER,
            "Span records applied to the span store, repeated ones included."),
    BATCH("tidemark_query_batch_spans", Type.SUMMARY, "Span records applied together."),
    QUERYABLE(
            "tidemark_query_queryable_seconds",
            Type.TIMER,
            "From the acceptance of an audit event by its door until its span can be found, both by this machine's clock."),
    APPLY("tidemark_query_apply_seconds", Type.TIMER, "Time to apply one batch to the span store."),
    REFRESH("tidemark_query_refresh_seconds", Type.TIMER, "Time to make applied spans findable."),
    COMMIT("tidemark_query_commit_seconds", Type.TIMER, "Time to make the span store durable."),
    INDEX_SIZE("tidemark_query_index_bytes", Type.GAUGE, "Size of the span index on disk."),
    REBUILDS(
            "tidemark_query_rebuilds_total",
            Type.COUNTER,
            "How often the span store was emptied and filled again from the topic.",
            Tag.of("cause", "damaged", "log_replaced")),
    RETRIES(
            "tidemark_query_retries_total",
            Type.COUNTER,
            "How often the projector went back to the last commit after a failure of Kafka or of the store."),
    DELETED(
            "tidemark_query_deleted_spans_total",
            Type.COUNTER,
            "Spans deleted by retention.",
            Tag.of("bound", "time", "size")),
    REQUESTS(
            "tidemark_query_request_seconds",
            Type.TIMER,
            "Time to answer a query, waiting for a thread included.",
            Tag.of("endpoint", "clusters", "coverage", "objects", "trace", "history", "span", "search"),
            Tag.of("outcome", "ok", "refused", "failed")),
    WAITING("tidemark_query_waiting_requests", Type.GAUGE, "Queries that wait for a thread."),
    TAILS("tidemark_query_tail_clients", Type.GAUGE, "Live tails that are connected."),
    TAIL_SKIPPED(
            "tidemark_query_tail_skipped_spans_total",
            Type.COUNTER,
            "Spans that live tails were told they miss because they read too slowly.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    QueryMetric(String metricName, Type type, String help, Tag... tags) {
        this.definition = new Definition(metricName, type, help, List.of(tags));
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
