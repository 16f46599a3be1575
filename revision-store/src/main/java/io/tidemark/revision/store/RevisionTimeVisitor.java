package io.tidemark.revision.store;

import java.io.IOException;

/** Is told revisions, in their order. */
@FunctionalInterface
public interface RevisionTimeVisitor {
    void visit(RevisionTime time) throws IOException;
}
