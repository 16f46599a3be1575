package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.tests.conformance.NodeWatcher.Told;
import io.tidemark.tests.platform.CutProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;

/**
 * The watchers of several nodes. On each: one of all keys, one of all keys that stops reading now and then, and some of a
 * part of them, through connections that can be cut.
 */
final class NodeWatchers implements AutoCloseable {
    /** Parts of the keys. */
    static final int PARTS = 100;

    private static final String KEYS = "k/";
    private static final int SMALL_WINDOW = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long seed;
    private final List<CutProxy> proxies = new ArrayList<>();
    private final List<GrpcEndpoint> endpoints = new ArrayList<>();
    private final List<NodeWatcher> watchers = new ArrayList<>();

    /** @param ofParts watchers of parts of the keys, on each node */
    NodeWatchers(int[] ports, int ofParts, long seed) {
        this.seed = seed;
        for (int port : ports) {
            CutProxy proxy = new CutProxy(port);
            proxies.add(proxy);
            watchers.add(new NodeWatcher(opened(new GrpcEndpoint(port)), KEYS, null));
            GrpcEndpoint slow = opened(GrpcEndpoint.withWindow(port, SMALL_WINDOW));
            watchers.add(new NodeWatcher(slow, KEYS, new Random(seed + port)));
            GrpcEndpoint cut = opened(new GrpcEndpoint(proxy.port()));
            for (int i = 0; i < ofParts; i++) {
                watchers.add(new NodeWatcher(cut, part(i % PARTS), null));
            }
        }
    }

    private GrpcEndpoint opened(GrpcEndpoint endpoint) {
        endpoints.add(endpoint);
        return endpoint;
    }

    /** What the keys of a part begin with. */
    static String part(int part) {
        return "%s%02d/".formatted(KEYS, part);
    }

    void start(Executor threads) {
        watchers.forEach(watcher -> threads.execute(watcher::run));
    }

    /** Ends connections, whatever is on its way. */
    void cut() {
        proxies.forEach(CutProxy::cut);
    }

    /** The revision up to which each of them was told everything. */
    long last() {
        return watchers.stream().mapToLong(NodeWatcher::last).min().orElseThrow();
    }

    /** Returns when all of them were told of what was written up to a revision. */
    void stop(long revision) {
        Awaitility.await().atMost(PATIENCE).until(() -> last() >= revision);
        watchers.forEach(NodeWatcher::stop);
    }

    /** Each was told of every key that is there, once and at its revision, however often it was cut off. */
    void check(RangeResponse found) {
        Map<String, Long> there = new LinkedHashMap<>();
        found.getKvsList().forEach(kv -> there.put(kv.getKey().toStringUtf8(), kv.getModRevision()));
        for (NodeWatcher watcher : watchers) {
            List<Told> wanted = there.entrySet().stream()
                    .filter(key -> key.getKey().startsWith(watcher.prefix()) && key.getValue() <= watcher.last())
                    .map(key -> new Told(key.getKey(), key.getValue()))
                    .sorted(Comparator.comparing(Told::revision))
                    .toList();
            assertThat(watcher.told())
                    .as("watcher of %s, seed %d", watcher.prefix(), seed)
                    .isEqualTo(wanted);
        }
    }

    /** How many there are, and in how many pieces they were told. */
    String streams() {
        int streams = watchers.stream().mapToInt(NodeWatcher::streams).sum();
        return watchers.size() + " watchers on " + streams + " streams";
    }

    @Override
    public void close() {
        watchers.forEach(NodeWatcher::stop);
        endpoints.forEach(GrpcEndpoint::close);
        proxies.forEach(CutProxy::close);
    }
}
