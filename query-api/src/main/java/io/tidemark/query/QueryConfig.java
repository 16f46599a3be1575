package io.tidemark.query;

import io.tidemark.service.ConfigKey;
import java.time.Duration;
import java.util.List;

/** Every setting of the query side. */
public final class QueryConfig {
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;

    public static final ConfigKey<Long> INDEX_BUFFER = ConfigKey.bytes(
                    "query.index.buffer", 24 * MIB, "Memory for spans that are not yet in files of the index.")
            .because("larger buffers save merges, but are taken from the heap that the broker shares")
            .between(MIB, GIB);
    public static final ConfigKey<Long> INDEX_MAX = ConfigKey.bytes(
                    "query.index.max", 10 * GIB, "Size of the span index beyond which the oldest spans are deleted.")
            .between(16 * MIB, 1024 * GIB);
    public static final ConfigKey<Duration> RETENTION = ConfigKey.duration(
                    "query.retention",
                    Duration.ofDays(7),
                    "How long a span can be found after its audit event was accepted. Objects that still exist stay.")
            .because("as long as the span topic is kept, so that a rebuilt index holds the same")
            .between(Duration.ofMinutes(1), Duration.ofDays(3650));
    public static final ConfigKey<Duration> RETENTION_INTERVAL = ConfigKey.duration(
                    "query.retention.interval", Duration.ofMinutes(1), "How often spans beyond the bounds are deleted.")
            .between(Duration.ofSeconds(1), Duration.ofDays(1));

    public static final ConfigKey<Integer> BATCH_RECORDS = ConfigKey.integer(
                    "query.batch.records", 2_000, "Most records of the span topic that are applied together.")
            .between(1, 100_000);
    public static final ConfigKey<Duration> REFRESH = ConfigKey.duration(
                    "query.refresh.interval",
                    Duration.ofMillis(300),
                    "How long an applied span may wait before it can be found, while the projector keeps up.")
            .because("each refresh makes a small segment; more of them cost more in merges than they win in freshness")
            .between(Duration.ofMillis(10), Duration.ofMinutes(1));
    public static final ConfigKey<Duration> REFRESH_MAX = ConfigKey.duration(
                    "query.refresh.interval.max",
                    Duration.ofSeconds(2),
                    "The same under load: the interval grows with the spans that cannot be found yet, up to this.")
            .between(Duration.ofMillis(10), Duration.ofMinutes(10));
    public static final ConfigKey<Duration> COMMIT = ConfigKey.duration(
                    "query.commit.interval",
                    Duration.ofSeconds(15),
                    "How often the index is made durable. After a crash, what came later is read from Kafka again.")
            .between(Duration.ofMillis(100), Duration.ofHours(1));
    public static final ConfigKey<Integer> COMMIT_SPANS = ConfigKey.integer(
                    "query.commit.spans", 100_000, "Applied spans after which the index is made durable at once.")
            .between(1, 10_000_000);
    public static final ConfigKey<Long> READY_LAG = ConfigKey.longValue(
                    "query.ready.lag",
                    100_000L,
                    "Records of the span topic not yet applied beyond which the query side calls itself degraded.")
            .between(1L, Long.MAX_VALUE);
    public static final ConfigKey<Duration> RETRY_MAX = ConfigKey.duration(
                    "query.retry.max",
                    Duration.ofSeconds(10),
                    "Longest pause between attempts to go on after Kafka or the index failed.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(10));

    public static final ConfigKey<Integer> THREADS = ConfigKey.integer(
                    "query.http.threads", 4, "Queries that are answered at the same time.")
            .between(1, 256);
    public static final ConfigKey<Integer> WAITING_MAX = ConfigKey.integer(
                    "query.http.waiting", 256, "Queries that may wait for a thread; further ones are answered 503.")
            .between(1, 100_000);
    public static final ConfigKey<Integer> PAGE_MAX = ConfigKey.integer(
                    "query.http.page", 1_000, "Most items that a page may be asked to hold.")
            .between(1, 10_000);
    public static final ConfigKey<Integer> TRACE_DEPTH = ConfigKey.integer(
                    "query.trace.depth", 3, "Levels of owners and of owned objects in a trace that asks for none.")
            .between(0, 10);
    public static final ConfigKey<Integer> TRACE_OBJECTS = ConfigKey.integer(
                    "query.trace.objects", 500, "Most objects in a trace; what is left out is counted in it.")
            .between(1, 10_000);
    public static final ConfigKey<Integer> TRACE_SPANS = ConfigKey.integer(
                    "query.trace.spans", 5_000, "Most spans in a trace; what is left out is counted in it.")
            .between(1, 100_000);
    public static final ConfigKey<Integer> TAIL_CLIENTS = ConfigKey.integer(
                    "query.tail.clients", 64, "Live tails served at the same time; further ones are answered 503.")
            .between(1, 10_000);
    public static final ConfigKey<Integer> TAIL_BATCH = ConfigKey.integer(
                    "query.tail.batch", 200, "Spans sent to a live tail before it is asked whether it keeps up.")
            .between(1, 10_000);
    public static final ConfigKey<Integer> TAIL_BEHIND = ConfigKey.integer(
                    "query.tail.behind",
                    10_000,
                    "Spans that a slow live tail may be behind; beyond, it is told how many it misses and goes on with "
                            + "the newest.")
            .between(1, 10_000_000);

    /** All of them, in the order of the reference page. */
    public static final List<ConfigKey<?>> KEYS = List.of(
            INDEX_BUFFER,
            INDEX_MAX,
            RETENTION,
            RETENTION_INTERVAL,
            BATCH_RECORDS,
            REFRESH,
            REFRESH_MAX,
            COMMIT,
            COMMIT_SPANS,
            READY_LAG,
            RETRY_MAX,
            THREADS,
            WAITING_MAX,
            PAGE_MAX,
            TRACE_DEPTH,
            TRACE_OBJECTS,
            TRACE_SPANS,
            TAIL_CLIENTS,
            TAIL_BATCH,
            TAIL_BEHIND);

    private QueryConfig() {}
}
