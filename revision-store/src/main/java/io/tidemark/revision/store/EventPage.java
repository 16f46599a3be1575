package io.tidemark.revision.store;

import io.tidemark.revision.encoding.RevisionEvents;
import java.util.List;

/**
 * A part of what was written to a range of keys.
 *
 * @param revisions those that wrote to the range, in their order
 * @param through up to this revision, inclusive, the part is complete
 */
public record EventPage(List<RevisionEvents> revisions, long through) {
    /**
     * When a part is large enough; it ends with the revision that makes it so.
     *
     * @param revisions that wrote to the range
     * @param bytes of their events
     * @param looked changes that were looked at, of other keys too
     */
    public record Most(int revisions, long bytes, int looked) {}
}
