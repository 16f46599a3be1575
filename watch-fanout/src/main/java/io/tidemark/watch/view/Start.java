package io.tidemark.watch.view;

/** Where a topic begins. */
public sealed interface Start {
    /** With what is written from now on. */
    record Now() implements Start {}

    /** With this revision, which may be one that is to come. */
    record From(long revision) implements Start {}

    /** With the oldest one that is still there. */
    record Oldest() implements Start {}

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
