package io.tidemark.watch.hub;

import io.tidemark.watch.hub.Watcher.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The watchers that one client has on one stream. What it is told of them leaves in one order, whatever it is. Rules:
 * etcd's {@code server/etcdserver/api/v3rpc/watch.go} and {@code server/storage/mvcc/watcher.go}.
 */
public final class WatchStream {
    /** To no watcher in particular. */
    public static final long ALL = -1;

    private static final String EMPTY_RANGE = "mvcc: watcher range is empty";
    private static final String DUPLICATE = "mvcc: duplicate watch ID provided on the WatchStream";

    private final Shard shard;
    private final Outlet outlet;
    private final Figures figures;
    private final Map<Long, Watcher> watchers = new HashMap<>();
    private List<Watcher> lagging = new ArrayList<>();
    private long nextId;
    private int away;
    private boolean progressWanted;

    WatchStream(Shard shard, Outlet outlet, Figures figures) {
        this.shard = shard;
        this.outlet = outlet;
        this.figures = figures;
    }

    Outlet outlet() {
        return outlet;
    }

    /**
     * A watcher is wanted, and told to exist before anything else is told of it.
     *
     * @param wanted its id; 0 for any
     * @param start revision from which on it is told; 0 for what is written from now on
     */
    public void create(long wanted, Subscription subscription, long start) {
        long now = shard.now();
        if (subscription.range().isEmpty()) {
            outlet.refused(now, EMPTY_RANGE);
        } else if (wanted != 0 && watchers.containsKey(wanted)) {
            outlet.refused(now, DUPLICATE);
        } else {
            long id = wanted == 0 ? free() : wanted;
            Watcher watcher = new Watcher(id, subscription, this, start == 0 ? now + 1 : start);
            watchers.put(id, watcher);
            figures.watchers(1);
            isAway(1);
            outlet.created(id, now);
            shard.go(watcher);
        }
    }

    private long free() {
        while (watchers.containsKey(nextId)) {
            nextId++;
        }
        return nextId++;
    }

    /** A watcher is refused for a reason that its client gave. */
    public void refuse(String why) {
        outlet.refused(shard.now(), why);
    }

    /** A watcher is not wanted any more. */
    public void cancel(long id) {
        Watcher watcher = watchers.get(id);
        if (watcher != null) {
            watchers.remove(id);
            outlet.canceled(id, shard.now());
            close(watcher);
        }
    }

    /** What a watcher has to be told next was compacted. It is told so before the others can be told to be complete. */
    void compacted(Watcher watcher, long compacted) {
        watchers.remove(watcher.id());
        outlet.compacted(watcher.id(), compacted);
        close(watcher);
    }

    /** What a watcher has to be told next is too large. */
    void tooLarge(Watcher watcher, long revision) {
        watchers.remove(watcher.id());
        outlet.tooLarge(watcher.id(), revision);
        close(watcher);
    }

    private void close(Watcher watcher) {
        shard.close(watcher);
        isAway(-1);
        figures.watchers(-1);
    }

    /**
     * Up to which revision all of its watchers were told everything is to be told: as soon as that can be said of one
     * revision; never while one of them begins later, as in etcd.
     */
    public void requestProgress() {
        shard.advance();
        progressWanted = true;
        settled();
    }

    private void settled() {
        if (progressWanted && away == 0) {
            progressWanted = false;
            if (!watchers.isEmpty() && watchers.values().stream().allMatch(this::isTold)) {
                outlet.progress(ALL, shard.told());
            }
        }
    }

    private boolean isTold(Watcher watcher) {
        return watcher.is(State.LIVE) && watcher.next() <= shard.told() + 1;
    }

    /** Some time went by: who wants to be told then how far it is, and was told nothing since, is. */
    public void notice() {
        shard.advance();
        for (Watcher watcher : watchers.values()) {
            if (watcher.subscription().notices() && !watcher.wasTold() && isTold(watcher)) {
                outlet.progress(watcher.id(), shard.told());
            }
        }
    }

    /** Somebody waits for a live watcher to be told how far it is. Who has been told so much, or has no room, is not. */
    void tellHowFar(Watcher watcher) {
        if (watcher.subscription().notices() && watcher.next() <= shard.told() && !outlet.isFull()) {
            watcher.toldBefore(shard.told() + 1);
            figures.awaited();
            outlet.progress(watcher.id(), shard.told());
        }
    }

    /** A watcher waits for room. */
    void lags(Watcher watcher) {
        lagging.add(watcher);
    }

    /** More of its watchers are not live. */
    void isAway(int more) {
        boolean was = away == 0;
        away += more;
        figures.away(more);
        if (was != (away == 0)) {
            outlet.live(away == 0);
        }
        if (more < 0) {
            settled();
        }
    }

    /** There is room again. */
    public void drained() {
        List<Watcher> waiting = lagging;
        lagging = new ArrayList<>();
        for (Watcher watcher : waiting) {
            if (watcher.is(State.LAGGING)) {
                shard.go(watcher);
            }
        }
    }

    /** The client is gone. */
    public void close() {
        progressWanted = false;
        watchers.values().forEach(this::close);
        watchers.clear();
        lagging.clear();
    }
}
