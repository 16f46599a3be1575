package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.KeyRange;
import java.util.List;
import java.util.function.Consumer;

/** What was written, as far back as it is kept. */
public interface History {
    /**
     * Begins to read a part of it.
     *
     * @param from the first revision that is wanted
     * @param previous whether with what keys were before
     * @param then told on the thread that asks, later
     * @return false when too much is being read already; nothing is told then
     */
    boolean read(KeyRange range, long from, boolean previous, Consumer<Part> then);

    /** What was found. */
    sealed interface Part {
        /**
         * What was written to the range.
         *
         * @param through up to this revision, inclusive, it is complete
         */
        record Told(List<RevisionEvents> revisions, long through) implements Part {}

        /** The first revision is below this one, from which on it is kept. */
        record Compacted(long revision) implements Part {}

        /** What the first revision wrote to the range is more than may be told. */
        record TooLarge(long revision) implements Part {}

        /** It could not be read now. */
        record Failed() implements Part {}
    }
}
