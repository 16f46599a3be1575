package io.tidemark.watch.hub;

/** Where the messages of one stream go, in the order in which they are handed over. On its shard's thread. */
public interface Outlet {
    /** Whether it should get no more events before {@link WatchStream#drained} is called. */
    boolean isFull();

    /** A watcher exists. */
    void created(long watcher, long revision);

    /** A watcher was asked for that cannot be. */
    void refused(long revision, String why);

    /** A watcher is gone, as the client wants. */
    void canceled(long watcher, long revision);

    /** A watcher is gone, as what it has to be told next was compacted. */
    void compacted(long watcher, long compacted);

    /** A watcher is gone, as what a revision wrote is more than it may be told at once. */
    void tooLarge(long watcher, long revision);

    /** Whether all of its watchers are told what is written as soon as it is, from now on; not while one is behind. */
    default void live(boolean all) {
        // most do not tell
    }

    /** Everything up to a revision was told. */
    void progress(long watcher, long revision);

    /**
     * What was written.
     *
     * @param revision the newest one that the server knows of, or that of the events
     * @param fragments whether it may go in several messages
     */
    void events(long watcher, long revision, EncodedEvents events, boolean fragments);
}
