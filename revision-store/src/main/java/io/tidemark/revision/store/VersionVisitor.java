package io.tidemark.revision.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Is told all that a keyspace holds, in the order in which it was written. */
@FunctionalInterface
public interface VersionVisitor {
    /**
     * @param sub which change of its transaction
     * @param deletion whether the key ended there
     * @param version {@code KeyValue} of etcd's API; of a deletion nothing but the key
     */
    void visit(long revision, int sub, boolean deletion, ByteBuffer version) throws IOException;
}
