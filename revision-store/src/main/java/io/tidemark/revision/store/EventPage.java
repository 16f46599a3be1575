package io.tidemark.revision.store;

import io.tidemark.revision.encoding.RevisionEvents;
import java.util.List;

/**
 * A part of what was written to a range of keys.
 *
 * @param revisions those that wrote to the range, in their order
 * @param through up to this revision, inclusive, the part is complete
 * @param tooLarge whether the revision behind that has more than may be told
 */
public record EventPage(List<RevisionEvents> revisions, long through, boolean tooLarge) {
    /**
     * When a part is large enough; it ends with the revision that makes it so.
     *
     * @param revisions that wrote to the range
     * @param bytes of their events
     * @param looked changes that were looked at, of other keys too
     * @param revisionBytes of the events of one revision, which is told as a whole; a larger one is not
     */
    public record Most(int revisions, long bytes, int looked, long revisionBytes) {}
}
