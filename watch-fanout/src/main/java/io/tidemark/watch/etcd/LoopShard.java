package io.tidemark.watch.etcd;

import io.tidemark.revision.etcd.Extension;
import io.tidemark.revision.machine.Key;
import io.tidemark.watch.hub.Outlet;
import io.tidemark.watch.hub.Shard;
import io.tidemark.watch.hub.WatchStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** The shard of an event loop. On the loop, but for {@link #wake} and {@link #look}. */
public final class LoopShard {
    private final Executor loop;
    private final Executor later;
    private final Shard shard;
    private final Extension.Host host;
    private final Set<Looked> looked = new LinkedHashSet<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long headerRevision = -1;
    private long headerTerm;
    private byte[] header = {};

    /** @param later does nothing at once */
    LoopShard(Executor loop, Executor later, Shard shard, Extension.Host host) {
        this.loop = loop;
        this.later = later;
        this.shard = shard;
        this.host = host;
    }

    /** A stream without watchers. */
    public WatchStream stream(Outlet outlet) {
        return shard.stream(outlet);
    }

    /** Looks at a call from time to time. */
    public void look(Looked call) {
        looked.add(call);
    }

    /** Whether it was known. */
    public boolean forget(Looked call) {
        return looked.remove(call);
    }

    /** When what is under way on the loop is done. */
    void later(Runnable task) {
        later.execute(task);
    }

    /** Something was written. From any thread. */
    void wake() {
        if (shard.hasLive() && woken.compareAndSet(false, true)) {
            loop.execute(() -> {
                woken.set(false); // before looking: what comes from now on wakes it again
                shard.advance();
            });
        }
    }

    /** A key was read that is not there. From any thread. */
    void wasAbsent(Key read) {
        if (shard.claim(read)) {
            loop.execute(() -> shard.tellHowFar(read));
        }
    }

    /** Some time went by. From any thread. */
    void look(long now, long interval, boolean leaderless) {
        loop.execute(() -> {
            shard.look();
            List.copyOf(looked).forEach(call -> call.look(now, interval, leaderless));
        });
    }

    /** A response header with tag and length, the same one for all who are told of a revision. */
    byte[] header(long revision) {
        long term = host.headers().term().getAsLong();
        if (revision != headerRevision || term != headerTerm) {
            headerRevision = revision;
            headerTerm = term;
            header = EventMessage.header(
                    host.headers().ofTheNode().setRevision(revision).build().toByteArray());
        }
        return header;
    }
}
