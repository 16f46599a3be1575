package io.tidemark.tests.conformance;

import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.MemoryKeyspace;
import io.tidemark.revision.machine.Transaction;
import org.jspecify.annotations.Nullable;

/** A keyspace in memory. */
final class MemoryKept implements MachineEndpoint.Kept {
    private final MemoryKeyspace keyspace = new MemoryKeyspace();

    @Override
    public Keyspace keyspace() {
        return keyspace;
    }

    @Override
    public void apply(Transaction transaction) {
        keyspace.apply(transaction);
    }

    @Override
    public MachineEndpoint.@Nullable Listed list(Range range) {
        return null;
    }

    @Override
    public void close() {}
}
