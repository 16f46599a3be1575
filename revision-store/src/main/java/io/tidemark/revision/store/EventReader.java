package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of changes as events. The same as those that were told when they were written. */
final class EventReader {
    private final Reader reader;
    private final Moment moment;
    private final boolean previous;
    private final List<RevisionEvents> revisions = new ArrayList<>();
    private List<KeyEvent> events = new ArrayList<>();
    private long bytes;
    private long ownBytes;

    /** @param previous whether what keys were before is wanted */
    EventReader(Reader reader, Moment moment, boolean previous) {
        this.reader = reader;
        this.moment = moment;
        this.previous = previous;
    }

    EventPage read(KeyRange range, long from, EventPage.Most most) {
        long revision = from - 1;
        long micros = 0;
        int looked = 0;
        try (Cursor changes = reader.cursor(Table.CHANGES, StoredKeys.change(from, 0), null)) {
            for (; changes.valid(); changes.next()) {
                byte[] at = changes.key();
                long next = StoredKeys.revisionOfChange(at);
                if (next != revision) {
                    ended(revision, micros);
                    if (looked >= most.looked() || revisions.size() >= most.revisions() || bytes >= most.bytes()) {
                        return new EventPage(revisions, revision, false);
                    }
                    revision = next;
                    micros = StoredChange.micros(changes.value());
                }
                looked++;
                StoredChange change = StoredChange.decode(changes.value());
                if (range.contains(change.key())) {
                    add(event(change, revision, StoredKeys.subOfChange(at)));
                    if (ownBytes > most.revisionBytes()) {
                        return new EventPage(revisions, revision - 1, true);
                    }
                }
            }
        }
        ended(revision, micros);
        return new EventPage(revisions, moment.revision(), false);
    }

    private void add(KeyEvent event) {
        events.add(event);
        ownBytes += event.bytes();
    }

    private void ended(long revision, long micros) {
        if (!events.isEmpty()) {
            revisions.add(new RevisionEvents(revision, micros, previous, events));
            events = new ArrayList<>();
            bytes += ownBytes;
            ownBytes = 0;
        }
    }

    private KeyEvent event(StoredChange change, long revision, int sub) {
        Key key = change.key();
        if (change.deletion()) {
            return KeyEvent.deletion(key, revision, before(change, revision));
        }
        byte[] element = change.isLast()
                ? moment.written(key.bytes(), revision)
                : reader.past(StoredKeys.history(key.bytes(), revision, sub));
        if (element == null) {
            throw reader.damaged("the history lacks a version that a change tells of");
        }
        return KeyEvent.put(key, element, KeyValueElement.isCreation(element) ? null : before(change, revision));
    }

    /** What a compaction removes, or may have removed, is not told. */
    private byte @Nullable [] before(StoredChange change, long revision) {
        if (!previous || revision <= moment.compacted()) {
            return null;
        }
        byte[] key = change.key().bytes();
        return change.before() == 0
                ? moment.at(key, revision - 1)
                : reader.past(StoredKeys.history(key, change.before()));
    }
}
