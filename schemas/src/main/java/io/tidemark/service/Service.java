package io.tidemark.service;

/** One part of a running process. It is started once, closed once or more, and can be asked at any time how it is. */
public interface Service extends AutoCloseable {
    /** Short lower-case name, unique in the process; the one shown by the health pages. */
    String name();

    /** Returns when the service does its work; throws what keeps it from doing so. */
    void start();

    /** Cheap, callable from any thread. Reasons are shown to anybody who can reach the health pages: no secrets. */
    Health check();

    /**
     * Idempotent; returns when all threads and files of the service are released. Also called after a failed start,
     * and from another thread while {@link #start} still runs when the process is told to end.
     */
    @Override
    void close();

    /** Whether only a new process can repair this service when it is down; such a service speaks on {@code /livez}. */
    default boolean vital() {
        return false;
    }
}
