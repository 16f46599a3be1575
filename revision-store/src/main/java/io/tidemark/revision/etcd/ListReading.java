package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.Listing;
import io.tidemark.revision.store.PageSize;
import io.tidemark.revision.store.Room;
import io.tidemark.revision.store.View;

/** How far a list in its natural order was read from a view. For one thread at a time. */
final class ListReading {
    private final View view;
    private final Listing all;
    private Listing rest;
    private long returned;
    private boolean more = true;

    ListReading(Range range, View view) {
        this.view = view;
        this.all =
                new Listing(range.range(), Math.max(0, range.revision()), Math.max(0, range.limit()), range.keysOnly());
        this.rest = all;
    }

    /**
     * What comes next; empty when there is nothing at all.
     *
     * @param mostBytes of all elements together; a first one that is larger comes alone
     */
    EncodedPage next(long mostBytes, Room room) {
        EncodedPage page = view.page(rest, mostBytes, room);
        returned += page.returned();
        Key next = page.next();
        more = next != null;
        if (next != null && !isComplete()) {
            rest = all.from(next, returned);
        }
        return page;
    }

    /** What is left to be read. */
    PageSize left() {
        return view.measure(rest);
    }

    /** Whether everything was read that was asked for. */
    boolean isComplete() {
        return !more || all.limit() > 0 && returned >= all.limit();
    }

    /** Whether there are keys beyond the limit; of one that is complete. */
    boolean more() {
        return more;
    }

    /** Keys in the range, whatever the limit; of one that is complete. */
    long count() {
        return count(new PageSize(0, 0, more));
    }

    /** The same, of one of which this is left. */
    long count(PageSize left) {
        return left.more() ? view.count(all.range(), all.revision()) : returned + left.returned();
    }
}
