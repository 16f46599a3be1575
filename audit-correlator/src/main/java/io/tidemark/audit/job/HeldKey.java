package io.tidemark.audit.job;

import io.tidemark.audit.correlate.Timeline;

/** One object key in memory. */
final class HeldKey {
    /** Rough cost in memory of a key, and of one entry of its timeline. */
    private static final int KEY_BYTES = 1_000;

    private static final int ENTRY_BYTES = 250;

    final String key;
    final Timeline timeline;
    final HeldFacts facts;
    private long countedBytes;
    private boolean changed;

    HeldKey(String key, Timeline timeline, HeldFacts facts) {
        this.key = key;
        this.timeline = timeline;
        this.facts = facts;
    }

    void touch() {
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    void written() {
        changed = false;
    }

    /** How much it has grown since it was asked last. */
    long growthBytes() {
        long before = countedBytes;
        countedBytes = KEY_BYTES + (long) ENTRY_BYTES * timeline.size() + facts.bytes();
        return countedBytes - before;
    }

    long countedBytes() {
        return countedBytes;
    }
}
