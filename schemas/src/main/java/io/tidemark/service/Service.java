package io.tidemark.service;

/** One part of a running process. It is started once, closed once or more, and can be asked at any time how it is. */
public interface Service extends AutoCloseable {
    /** Short lower-case name, the one shown by the health pages. */
    String name();

    /** Returns when the service does its work; throws what keeps it from doing so. */
    void start();

    /** Cheap, callable from any thread. */
    Health check();

    /** Idempotent; returns when all threads and files of the service are released. */
    @Override
    void close();
}
