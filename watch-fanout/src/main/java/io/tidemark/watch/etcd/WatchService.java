package io.tidemark.watch.etcd;

import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.Extension;
import io.tidemark.revision.etcd.Loop;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.store.Image;
import io.tidemark.watch.hub.Bounds;
import io.tidemark.watch.hub.Figures;
import io.tidemark.watch.hub.Recent;
import io.tidemark.watch.hub.Shard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code etcdserverpb.Watch} of one keyspace.
 *
 * <pre>
 *   image applies ─► ring ─► each event loop's shard ─► streams of its connections
 *      (one thread)            │ older than the ring: read by workers from the image
 * </pre>
 */
public final class WatchService {
    private static final String METHOD = "etcdserverpb.Watch/Watch";
    /** etcd's three times the time of an election. */
    private static final long LEADERLESS_NANOS = 3_000_000_000L;

    private final WatchSettings settings;
    private final Extension.Host host;
    private final Recent recent;
    private final Figures figures;
    private final Map<Executor, LoopShard> shards = new ConcurrentHashMap<>();
    private final long interval;
    private long withLeader = System.nanoTime();

    /**
     * To be made before anything is applied.
     *
     * @param figures what it counts
     */
    public WatchService(WatchSettings settings, Extension.Host host, Figures figures) {
        this.settings = settings;
        this.host = host;
        this.figures = figures;
        Image image = host.store().image();
        this.recent =
                new Recent(settings.recentRevisions(), Shard.REPLAYED_MOST, settings.recentBytes(), image.revision());
        // as etcd, so that not all who connected at the same time are told at the same time
        long nanos = settings.progressInterval().toNanos();
        this.interval = nanos + ThreadLocalRandom.current().nextLong(Math.max(1, nanos / 10));
        image.whenWritten(this::written);
    }

    /** What it serves. */
    public Extension.Served served() {
        return new Extension.Served(Map.of(), Map.of(METHOD, this::begin), this::look, this::wasAbsent, () -> {});
    }

    private void written(List<RevisionEvents> revisions) {
        recent.add(revisions);
        shards.values().forEach(LoopShard::wake);
    }

    private void wasAbsent(Key read) {
        shards.values().forEach(shard -> shard.wasAbsent(read));
    }

    private void begin(Call call) {
        new WatchCall(call, shard(call.loop()), host, System.nanoTime()).begin();
    }

    LoopShard shard(Loop loop) {
        return shards.computeIfAbsent(loop, itself -> newShard(loop, loop::later));
    }

    /** The shard of an event loop of another port, which does at once what comes from itself. */
    public LoopShard shard(Executor loop) {
        return shards.computeIfAbsent(loop, itself -> newShard(loop, loop));
    }

    private LoopShard newShard(Executor loop, Executor later) {
        Image image = host.store().image();
        ImageHistory history = new ImageHistory(image, host.workers(), loop, settings.part());
        Bounds bounds = new Bounds() {
            @Override
            public long revision() {
                return image.revision();
            }

            @Override
            public long compacted() {
                return image.compacted();
            }
        };
        return new LoopShard(loop, later, new Shard(recent, history, bounds, figures), host);
    }

    private void look() {
        long now = System.nanoTime();
        if (host.store().sequencer().state().why().isEmpty()) {
            withLeader = now;
        }
        boolean leaderless = now - withLeader >= LEADERLESS_NANOS;
        shards.values().forEach(shard -> shard.look(now, interval, leaderless));
    }

    /** Bytes of recent events that are held for all watchers. */
    public long recentBytes() {
        return recent.bytes();
    }
}
