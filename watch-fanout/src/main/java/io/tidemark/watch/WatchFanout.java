package io.tidemark.watch;

import io.tidemark.revision.etcd.Extension;
import io.tidemark.service.Config;
import io.tidemark.service.Meters;
import io.tidemark.watch.etcd.LockService;
import io.tidemark.watch.etcd.WatchService;
import io.tidemark.watch.hub.Figures;
import io.tidemark.watch.topic.TopicRoutes;
import io.tidemark.watch.topic.TopicService;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Puts watching, locks and elections beside the keyspaces of a process, and watch topics on its HTTP port. */
public final class WatchFanout implements Extension {
    private final Config config;
    private final Meters meters;
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();
    private final TopicRoutes topics = new TopicRoutes();

    /** What a keyspace goes on counting when it is made anew in this process. */
    private record Counted(Figures figures, TopicService.Counts topics) {}

    public WatchFanout(Config config, Meters meters) {
        this.config = config;
        this.meters = meters;
    }

    /** Adds the topics of all keyspaces to the HTTP port. */
    public void mount(Router router) {
        topics.mount(router);
    }

    @Override
    public Served serve(Host host) {
        String keyspace = host.keyspace();
        Counted counts =
                counted.computeIfAbsent(keyspace, name -> new Counted(new Figures(), new TopicService.Counts()));
        Figures figures = counts.figures;
        WatchService service = new WatchService(WatchConfig.settings(config), host, figures);
        gauge(WatchMetric.WATCHERS, keyspace, () -> figures.watchers());
        gauge(WatchMetric.AWAY, keyspace, () -> figures.away());
        counter(WatchMetric.EVENTS, keyspace, () -> figures.events());
        counter(WatchMetric.PARTS, keyspace, () -> figures.parts());
        counter(WatchMetric.LAGS, keyspace, () -> figures.lags());
        counter(WatchMetric.AWAITED_NOTICES, keyspace, () -> figures.awaitedNotices());
        gauge(WatchMetric.RECENT, keyspace, service::recentBytes);
        LockService locks = new LockService(config.get(WatchConfig.WAITING), host, service);
        gauge(WatchMetric.WAITING, keyspace, () -> (long) locks.waiting());
        return service.served().and(locks.served()).and(topics(host, service, counts.topics));
    }

    private Served topics(Host host, WatchService service, TopicService.Counts counts) {
        TopicService its = new TopicService(WatchConfig.topics(config), host, service, counts);
        gauge(WatchMetric.TOPICS, host.keyspace(), () -> (long) its.clients());
        counter(WatchMetric.TOPIC_EVENTS, host.keyspace(), counts.told()::sum);
        counter(WatchMetric.TOPIC_UNANSWERED, host.keyspace(), counts.unanswered()::sum);
        topics.add(its);
        return new Served(Map.of(), Map.of(), () -> {}, read -> {}, () -> topics.remove(its));
    }

    private void counter(WatchMetric metric, String keyspace, Supplier<Long> value) {
        meters.counter(metric, value, keyspace);
    }

    private void gauge(WatchMetric metric, String keyspace, Supplier<Long> value) {
        meters.gauge(metric, value, keyspace);
    }
}
