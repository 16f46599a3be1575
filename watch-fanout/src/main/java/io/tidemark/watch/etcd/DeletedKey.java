package io.tidemark.watch.etcd;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.watch.hub.EncodedEvents;
import io.tidemark.watch.hub.Subscription;
import io.tidemark.watch.hub.WatchStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for a key to be deleted. On its event loop. */
final class DeletedKey implements WatchedKeys {
    private final LoopShard shard;
    private final WatchStream stream;
    private @Nullable Consumer<String> then;

    /** @param then told once, later: an empty text, or why nobody can tell */
    DeletedKey(LoopShard shard, Consumer<String> then) {
        this.shard = shard;
        this.then = then;
        this.stream = shard.stream(this);
    }

    /** @param from revision at which it may have happened, inclusive */
    void await(Key key, long from) {
        KeyRange alone = KeyRange.single(key);
        stream.create(0, new Subscription(alone, false, true, false, false, false), from);
    }

    /** Nobody waits any more. */
    void close() {
        then = null;
        stream.close();
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void events(long watcher, long revision, EncodedEvents events, boolean fragments) {
        ended("");
    }

    /** Whoever tells is in the midst of telling others, so what follows is done later. */
    @Override
    public void ended(String why) {
        shard.later(() -> {
            Consumer<String> told = then;
            if (told != null) {
                then = null;
                told.accept(why);
            }
        });
    }
}
