package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Usage;
import java.io.IOException;
import java.util.List;

/** A server under load, in processes of its own. */
interface Peer extends AutoCloseable {
    String name();

    /** Of its etcd API. */
    int port();

    /** Its processes, whose CPU time and memory count. */
    List<Long> pids() throws IOException;

    /** User and system time of all of them so far. */
    default double cpuSeconds() throws IOException {
        double sum = 0;
        for (long pid : pids()) {
            sum += Usage.of(pid).cpuSeconds();
        }
        return sum;
    }

    /** Memory of all of them now. */
    default double residentMiB() throws IOException {
        double sum = 0;
        for (long pid : pids()) {
            sum += Usage.of(pid).residentBytes() / (1024.0 * 1024.0);
        }
        return sum;
    }

    /** Stops it as one would, and starts it on the same data: how long from the command to the first answer. */
    double restartSeconds() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
