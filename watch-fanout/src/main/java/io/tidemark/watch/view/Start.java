package io.tidemark.watch.view;

import io.tidemark.revision.store.RevisionTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a topic begins. */
public sealed interface Start {
    /** Where that is follows from what revisions there are. */
    sealed interface Known extends Start {
        /**
         * The first revision that is wanted.
         *
         * @param now the newest one
         * @param compacted the oldest that can be read; -1 when nothing was compacted
         */
        default long revision(long now, long compacted) {
            return switch (this) {
                case Now ignored -> now + 1;
                case From from -> from.revision();
                case Oldest ignored -> Math.max(1, compacted);
            };
        }
    }

    /** With what is written from now on. */
    record Now() implements Known {}

    /** With this revision, which may be one that is to come. */
    record From(long revision) implements Known {}

    /** With the oldest one that is still there. */
    record Oldest() implements Known {}

    /** With everything that was written after a moment. When that is to come, it is as now: all that is known is from before. */
    record After(Instant moment) implements Start {
        /**
         * The revision with which that begins; null when it may have been compacted.
         *
         * @param newest the newest one of that moment that can be read; null when there is none
         * @param compacted the oldest that can be read; -1 when nothing was compacted
         */
        public @Nullable From known(@Nullable RevisionTime newest, long compacted) {
            if (newest != null) {
                return new From(newest.revision() + 1);
            }
            return compacted < 0 ? new From(1) : null;
        }
    }
}
