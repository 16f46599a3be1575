package io.tidemark.revision.transfer;

/** Is told how far an import is. */
@FunctionalInterface
public interface Progress {
    /**
     * @param revision newest one that is done
     * @param done revisions that this import has made
     * @param share of all that there is to do, from 0 to 1
     */
    void at(long revision, long done, double share);
}
