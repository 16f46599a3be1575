package io.tidemark.revision.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * When revisions were committed, as the table of changes has it. Below what was compacted, of most revisions nothing is left.
 *
 * <pre>
 *   revision   5       6       7 (compacted)   8       9
 *   time       10:00           10:02           10:02   10:05
 *
 *   newest at 10:04: 8     at 10:02: 8     at 10:01: none, since what was at 6 is gone
 * </pre>
 */
final class RevisionTimes {
    private final Reader reader;
    private final Moment moment;

    RevisionTimes(Reader reader, Moment moment) {
        this.reader = reader;
        this.moment = moment;
    }

    /**
     * The newest revision that had been committed at a time, of those that can be read: by halving, as times grow with
     * revisions.
     */
    @Nullable
    RevisionTime newestBy(long micros) {
        long above = moment.revision() + 1;
        try (Cursor changes = changes(oldestReadable())) {
            RevisionTime found = at(changes);
            if (found == null || found.micros() > micros) {
                return null;
            }
            while (above - found.revision() > 1) {
                long middle = found.revision() + (above - found.revision()) / 2;
                changes.seek(StoredKeys.change(middle, 0));
                RevisionTime next = at(changes);
                if (next == null || next.micros() > micros) {
                    above = middle;
                } else {
                    found = next;
                }
            }
            return found;
        }
    }

    /** The oldest that can be read and whose time is known. */
    @Nullable
    RevisionTime oldest() {
        try (Cursor changes = changes(oldestReadable())) {
            return at(changes);
        }
    }

    private long oldestReadable() {
        return Math.max(0, moment.compacted());
    }

    void visit(RevisionTimeVisitor visitor) throws IOException {
        long last = -1;
        try (Cursor changes = changes(0)) {
            for (RevisionTime next = at(changes); next != null; next = at(changes)) {
                if (next.revision() != last) {
                    visitor.visit(next);
                    last = next.revision();
                }
                changes.next();
            }
        }
    }

    private Cursor changes(long from) {
        return reader.cursor(Table.CHANGES, StoredKeys.change(from, 0), null);
    }

    private static @Nullable RevisionTime at(Cursor changes) {
        return changes.valid()
                ? new RevisionTime(StoredKeys.revisionOfChange(changes.key()), StoredChange.micros(changes.value()))
                : null;
    }
}
