package io.tidemark.watch.hub;

import java.util.concurrent.atomic.LongAdder;

/** What the shards of a keyspace count, for whoever wants to know. From any thread. */
public final class Figures {
    private final LongAdder watchers = new LongAdder();
    private final LongAdder away = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder parts = new LongAdder();
    private final LongAdder lags = new LongAdder();
    private final LongAdder awaited = new LongAdder();

    void watchers(int more) {
        watchers.add(more);
    }

    void away(int more) {
        away.add(more);
    }

    void told(int more) {
        events.add(more);
    }

    void part() {
        parts.increment();
    }

    void lag() {
        lags.increment();
    }

    void awaited() {
        awaited.increment();
    }

    /** Watchers that there are. */
    public long watchers() {
        return watchers.sum();
    }

    /** Of them, those that are not live. */
    public long away() {
        return away.sum();
    }

    /** Events that were handed to streams. */
    public long events() {
        return events.sum();
    }

    /** Parts of the history that were read. */
    public long parts() {
        return parts.sum();
    }

    /** How often a live watcher had to wait for room in its stream, or was overtaken. */
    public long lags() {
        return lags.sum();
    }

    /** How often a watcher was told how far it is because somebody waited for that. */
    public long awaitedNotices() {
        return awaited.sum();
    }
}
