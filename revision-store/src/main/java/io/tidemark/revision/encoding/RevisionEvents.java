package io.tidemark.revision.encoding;

import java.util.List;

/**
 * What one transaction wrote.
 *
 * @param micros when it was committed, microseconds since 1970: grows with the revision, or stays
 * @param events in the order in which it was done; empty only when all of it was compacted before it was loaded
 */
public record RevisionEvents(long revision, long micros, List<KeyEvent> events) {
    /** Of what it holds. */
    public long bytes() {
        long bytes = 0;
        for (KeyEvent event : events) {
            bytes += event.bytes();
        }
        return bytes;
    }
}
