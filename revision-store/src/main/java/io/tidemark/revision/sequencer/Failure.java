package io.tidemark.revision.sequencer;

/** Why there is no answer to a request, with etcd's texts. */
public enum Failure {
    /** The queue is full: nothing was done. */
    TOO_MANY_REQUESTS("etcdserver: too many requests"),
    /** Nobody writes here at the moment: nothing was done. */
    NO_LEADER("etcdserver: no leader"),
    /** What was asked for may have been done or not: the log did not say. */
    TIMED_OUT("etcdserver: request timed out"),
    /** The store is closing: nothing was done. */
    STOPPED("etcdserver: server stopped");

    private final String text;

    Failure(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
