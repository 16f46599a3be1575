package io.tidemark.tests.bench.store;

import java.util.List;

/**
 * Watchers who are all told of each put, with the version before.
 *
 * @param streams of HTTP/2
 * @param watchers on each stream
 * @param putsPerSecond that are sent, whether those before were answered or not
 * @param valueBytes of each put
 */
record WatchCase(int streams, int watchers, int putsPerSecond, int valueBytes) {
    static List<WatchCase> all() {
        return List.of(
                new WatchCase(100, 1, 100, 1_024),
                new WatchCase(10, 100, 50, 1_024),
                new WatchCase(1_000, 1, 20, 3_072),
                new WatchCase(10_000, 1, 2, 3_072));
    }

    String name() {
        return "watch " + streams + " x " + watchers + ", " + putsPerSecond + " puts of " + valueBytes + " B";
    }

    int allWatchers() {
        return streams * watchers;
    }
}
