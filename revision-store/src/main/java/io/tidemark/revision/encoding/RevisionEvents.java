package io.tidemark.revision.encoding;

import java.util.List;

/**
 * What one transaction wrote.
 *
 * @param previous whether the events tell what keys were before; not those of who would hold too much with that
 * @param micros when it was committed, microseconds since 1970: grows with the revision, or stays
 * @param events in the order in which it was done; empty only when all of it was compacted before it was loaded
 */
public record RevisionEvents(long revision, long micros, boolean previous, List<KeyEvent> events) {
    /** With what keys were before. */
    public RevisionEvents(long revision, long micros, List<KeyEvent> events) {
        this(revision, micros, true, events);
    }

    /** Of what it holds. */
    public long bytes() {
        long bytes = 0;
        for (KeyEvent event : events) {
            bytes += event.bytes();
        }
        return bytes;
    }
}
