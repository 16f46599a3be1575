package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Lease;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A keyspace that is made from its log, and knows up to where. */
public interface Projection extends Keyspace {
    /** Up to where the log was applied. */
    Position position();

    /**
     * Applies what follows in the log, all or nothing, with the position.
     *
     * @param transactions may be none, when the log went on without any
     * @param known newest versions of some keys as they are before, empty for those that are not there: they are not looked up
     * @throws IllegalStateException when a revision does not follow from what was applied before: the log has a gap
     */
    void apply(List<Committed> transactions, Position after, Map<Key, Optional<KeyValue>> known);

    /** The same, by who looked nothing up before. */
    default void apply(List<Committed> transactions, Position after) {
        apply(transactions, after, Map.of());
    }

    /** All leases, by id. */
    List<Lease> leases();

    /** Bytes that it takes; takes a while to tell. */
    long size();
}
