package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.machine.KeyRange;

/**
 * What a watcher wants to be told.
 *
 * @param puts whether of keys that are written
 * @param deletions whether of keys that are deleted
 * @param previous whether with what the keys were before
 * @param notices whether it is told from time to time how far it is when nothing happens
 * @param fragments whether a large message may come in several
 */
public record Subscription(
        KeyRange range, boolean puts, boolean deletions, boolean previous, boolean notices, boolean fragments) {
    /** How many {@link #kind kinds} there are. */
    static final int KINDS = 8;

    /** Watchers of one kind and range are told the same bytes. */
    int kind() {
        return (puts ? 1 : 0) | (deletions ? 2 : 0) | (previous ? 4 : 0);
    }

    static boolean wants(int kind, KeyEvent event) {
        return (kind & (event.isDeletion() ? 2 : 1)) != 0;
    }

    static int withoutPrevious(int kind) {
        return kind & ~4;
    }

    static boolean wantsPrevious(int kind) {
        return (kind & 4) != 0;
    }
}
