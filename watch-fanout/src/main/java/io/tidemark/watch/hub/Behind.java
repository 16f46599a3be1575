package io.tidemark.watch.hub;

import io.tidemark.watch.hub.Watcher.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/** The watchers of a shard that wait for a part of the history, and take turns. On the shard's thread. */
final class Behind {
    /** Parts that are read at the same time. */
    private static final int READ_MOST = 2;

    private final History history;
    private final BiConsumer<Watcher, History.Part> then;
    private final Deque<Watcher> waiting = new ArrayDeque<>();
    private final Deque<Watcher> again = new ArrayDeque<>();
    private int reading;

    /** @param then told of each part that was read, also when its watcher does not wait for it any more */
    Behind(History history, BiConsumer<Watcher, History.Part> then) {
        this.history = history;
        this.then = then;
    }

    void add(Watcher watcher) {
        waiting.add(watcher);
        read();
    }

    /** Its part could not be read; it is tried when somebody {@link #look looks}. */
    void addAgain(Watcher watcher) {
        again.add(watcher);
    }

    void look() {
        waiting.addAll(again);
        again.clear();
        read();
    }

    private void read() {
        while (reading < READ_MOST) {
            Watcher watcher = waiting.poll();
            if (watcher == null) {
                return;
            }
            if (watcher.is(State.CATCHING_UP)) {
                reading++;
                Subscription wanted = watcher.subscription();
                boolean previous = Subscription.wantsPrevious(wanted.kind());
                if (!history.read(wanted.range(), watcher.next(), previous, part -> take(watcher, part))) {
                    reading--;
                    waiting.addFirst(watcher);
                    return;
                }
            }
        }
    }

    private void take(Watcher watcher, History.Part part) {
        reading--;
        then.accept(watcher, part);
        read();
    }
}
