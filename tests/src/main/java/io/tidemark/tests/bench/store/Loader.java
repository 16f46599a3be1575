package io.tidemark.tests.bench.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Puts objects into one server. */
final class Loader {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SLOTS = 128;

    private final Calls calls;
    private final Map<String, Objects> kept = new HashMap<>();
    private int fresh;

    Loader(Calls calls) {
        this.calls = calls;
    }

    /** Objects that nobody else uses, and that are not there yet. */
    Objects fresh(int valueBytes) {
        return new Objects("fresh-" + fresh++, valueBytes);
    }

    /** Objects that nobody else uses. */
    Objects fresh(int count, int valueBytes) {
        return created(fresh(valueBytes), count);
    }

    /** The same under a name that nobody else uses. */
    Objects fresh(String name, int count, int valueBytes) {
        return created(new Objects(name, valueBytes), count);
    }

    private Objects created(Objects objects, int count) {
        ClosedLoop.run(calls, Writes.creates(objects, count), SLOTS, PATIENCE);
        return objects;
    }

    /** Objects for reading, the same ones each time. */
    Objects kept(int count, int valueBytes) {
        return kept.computeIfAbsent(count + "x" + valueBytes, name -> fresh(count, valueBytes));
    }
}
