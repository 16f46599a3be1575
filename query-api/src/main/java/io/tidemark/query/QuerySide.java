package io.tidemark.query;

import io.tidemark.query.http.QueryRoutes;
import io.tidemark.query.http.QuerySettings;
import io.tidemark.query.lucene.LuceneSpanStore;
import io.tidemark.query.projector.KafkaSpanLog;
import io.tidemark.query.projector.ProjectorSettings;
import io.tidemark.query.projector.SpanProjector;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.trace.TraceLimits;
import io.tidemark.service.Config;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.tidemark.topic.Topics;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The query side of one process: span store, projector and routes, put together from the configuration. */
public final class QuerySide implements Service {
    private static final double MIB = 1024 * 1024;

    private final SpanStore store;
    private final SpanProjector projector;
    private final QueryRoutes routes;

    private QuerySide(SpanStore store, SpanProjector projector, QueryRoutes routes) {
        this.store = store;
        this.projector = projector;
        this.routes = routes;
    }

    /**
     * Opens the span store in its folder; nothing is read from Kafka before {@link #start}.
     *
     * @param folder where the index lies; may be deleted while the process is down
     * @param kafka how to reach Kafka: bootstrap servers and security, as Kafka's own property names
     */
    public static QuerySide open(Config config, Path folder, Map<String, Object> kafka, Meters meters) {
        InstantSource clock = InstantSource.system();
        SpanStore store = LuceneSpanStore.open(folder, config.get(QueryConfig.INDEX_BUFFER) / MIB, clock);
        int batch = config.get(QueryConfig.BATCH_RECORDS);
        SpanProjector projector = new SpanProjector(
                () -> new KafkaSpanLog(Topics.AUDIT_SPANS, kafka, batch),
                store,
                projectorSettings(config),
                meters,
                clock);
        QueryRoutes routes = new QueryRoutes(store, querySettings(config), projector::lagRecords, meters, clock);
        return new QuerySide(store, projector, routes);
    }

    /** Adds the API and the UI to the router. */
    public void mount(Router router) {
        routes.mount(router);
    }

    /** The store, for those in the same process that compare or count. */
    public SpanStore store() {
        return store;
    }

    @Override
    public String name() {
        return projector.name();
    }

    @Override
    public void start() {
        projector.start();
    }

    @Override
    public Health check() {
        return projector.check();
    }

    @Override
    public void close() {
        routes.close();
        projector.close();
        store.close();
    }

    private static ProjectorSettings projectorSettings(Config config) {
        return new ProjectorSettings(
                config.get(QueryConfig.REFRESH),
                config.get(QueryConfig.REFRESH_MAX),
                config.get(QueryConfig.COMMIT),
                config.get(QueryConfig.COMMIT_SPANS),
                config.get(QueryConfig.READY_LAG),
                config.get(QueryConfig.RETRY_MAX),
                new ProjectorSettings.Retention(
                        config.get(QueryConfig.RETENTION),
                        config.get(QueryConfig.INDEX_MAX),
                        config.get(QueryConfig.RETENTION_INTERVAL)));
    }

    private static QuerySettings querySettings(Config config) {
        return new QuerySettings(
                config.get(QueryConfig.THREADS),
                config.get(QueryConfig.WAITING_MAX),
                config.get(QueryConfig.PAGE_MAX),
                config.get(QueryConfig.TRACE_DEPTH),
                new TraceLimits(config.get(QueryConfig.TRACE_OBJECTS), config.get(QueryConfig.TRACE_SPANS)),
                new QuerySettings.Tail(
                        config.get(QueryConfig.TAIL_CLIENTS),
                        config.get(QueryConfig.TAIL_BATCH),
                        config.get(QueryConfig.TAIL_BEHIND)),
                config.get(QueryConfig.RETENTION));
    }
}
