package io.tidemark.watch;

import io.tidemark.revision.etcd.Extension;
import io.tidemark.service.Config;
import io.tidemark.service.Meters;
import io.tidemark.watch.etcd.LockService;
import io.tidemark.watch.etcd.WatchService;
import java.util.function.Supplier;

/** Puts watching, locks and elections beside the keyspaces of a process. */
public final class WatchFanout implements Extension {
    private final Config config;
    private final Meters meters;

    public WatchFanout(Config config, Meters meters) {
        this.config = config;
        this.meters = meters;
    }

    @Override
    public Served serve(Host host) {
        WatchService service = new WatchService(WatchConfig.settings(config), host);
        String keyspace = host.keyspace();
        gauge(WatchMetric.WATCHERS, keyspace, () -> service.figures().watchers());
        gauge(WatchMetric.AWAY, keyspace, () -> service.figures().away());
        counter(WatchMetric.EVENTS, keyspace, () -> service.figures().events());
        counter(WatchMetric.PARTS, keyspace, () -> service.figures().parts());
        counter(WatchMetric.LAGS, keyspace, () -> service.figures().lags());
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
