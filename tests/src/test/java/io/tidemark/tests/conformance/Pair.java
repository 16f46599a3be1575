package io.tidemark.tests.conformance;

import java.io.IOException;

/** Two fresh stores that are asked the same. */
interface Pair extends AutoCloseable {
    EtcdEndpoint expected();

    EtcdEndpoint found();

    /** Fails when one of them is no more. */
    void checkAlive() throws IOException;

    @Override
    void close() throws IOException;
}
