package io.tidemark.watch.etcd;

/** A call that does something from time to time. On its event loop. */
public interface Looked {
    /**
     * Some time went by.
     *
     * @param interval after which who wants to be told that there was nothing is
     * @param leaderless whether nobody writes, for longer than a change of the writer takes
     */
    void look(long now, long interval, boolean leaderless);
}
