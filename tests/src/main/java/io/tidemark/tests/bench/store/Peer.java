package io.tidemark.tests.bench.store;

import java.io.IOException;
import java.util.List;

/** A server under load, in processes of its own. */
interface Peer extends AutoCloseable {
    String name();

    /** Of its etcd API. */
    int port();

    /** Its processes, whose CPU time and memory count. */
    List<Long> pids() throws IOException;

    /** Stops it as one would, and starts it on the same data: how long from the command to the first answer. */
    double restartSeconds() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
