package io.tidemark.watch.hub;

/** Which revisions can be read. From any thread. */
public interface Bounds {
    /** The newest one. */
    long revision();

    /** The lowest one; -1 when nothing was compacted. */
    long compacted();
}
