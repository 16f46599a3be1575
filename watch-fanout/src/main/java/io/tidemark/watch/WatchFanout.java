package io.tidemark.watch;

import io.tidemark.revision.etcd.Extension;
import io.tidemark.service.Config;
import io.tidemark.service.Meters;
import io.tidemark.watch.etcd.LockService;
import io.tidemark.watch.etcd.WatchService;
import io.tidemark.watch.hub.Figures;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Puts watching, locks and elections beside the keyspaces of a process. */
public final class WatchFanout implements Extension {
    private final Config config;
    private final Meters meters;
    private final Map<String, Figures> counted = new ConcurrentHashMap<>();

    public WatchFanout(Config config, Meters meters) {
        this.config = config;
        this.meters = meters;
    }

    @Override
    public Served serve(Host host) {
        String keyspace = host.keyspace();
        // a keyspace that is made anew in this process goes on counting
        Figures figures = counted.computeIfAbsent(keyspace, name -> new Figures());
        WatchService service = new WatchService(WatchConfig.settings(config), host, figures);
        gauge(WatchMetric.WATCHERS, keyspace, () -> figures.watchers());
        gauge(WatchMetric.AWAY, keyspace, () -> figures.away());
        counter(WatchMetric.EVENTS, keyspace, () -> figures.events());
        counter(WatchMetric.PARTS, keyspace, () -> figures.parts());
        counter(WatchMetric.LAGS, keyspace, () -> figures.lags());
        gauge(WatchMetric.RECENT, keyspace, service::recentBytes);
        LockService locks = new LockService(config.get(WatchConfig.WAITING), host, service);
        gauge(WatchMetric.WAITING, keyspace, () -> (long) locks.waiting());
        return service.served().and(locks.served());
    }

    private void counter(WatchMetric metric, String keyspace, Supplier<Long> value) {
        meters.counter(metric, value, keyspace);
    }

    private void gauge(WatchMetric metric, String keyspace, Supplier<Long> value) {
        meters.gauge(metric, value, keyspace);
    }
}
