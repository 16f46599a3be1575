package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.RevisionEvents;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what a group wrote, for who is told. What keys were before can be far larger than what was written: when it would
 * be too much together, it is left out of the revision that makes it so and of those behind.
 */
final class Telling {
    /** Of the events of a group, with what keys were before. */
    static final long BYTES_MOST = 16 << 20;

    private final List<RevisionEvents> told = new ArrayList<>();
    private List<KeyEvent> events = List.of();
    private long revision;
    private long micros;
    private long bytes;
    private boolean previous = true;

    /** @param changes how many events will come */
    void begin(long written, long at, int changes) {
        revision = written;
        micros = at;
        events = new ArrayList<>(changes);
    }

    void add(KeyEvent event) {
        bytes += event.bytes();
        if (previous && bytes > BYTES_MOST) {
            previous = false;
            events.replaceAll(KeyEvent::withoutBefore);
        }
        events.add(previous ? event : event.withoutBefore());
    }

    void end() {
        told.add(new RevisionEvents(revision, micros, previous, events));
        events = List.of();
    }

    List<RevisionEvents> told() {
        return told;
    }
}
