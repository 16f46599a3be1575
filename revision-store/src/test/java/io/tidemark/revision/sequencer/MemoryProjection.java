package io.tidemark.revision.sequencer;

import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.MemoryKeyspace;
import io.tidemark.revision.store.Committed;
import io.tidemark.revision.store.Position;
import io.tidemark.revision.store.Projection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image in memory, for simulations of many thousand lives. */
final class MemoryProjection implements Projection {
    private final MemoryKeyspace keyspace = new MemoryKeyspace();
    private Position position = Position.START;

    @Override
    public Position position() {
        return position;
    }

    @Override
    public void apply(List<Committed> transactions, Position after, Map<Key, Optional<KeyValue>> known) {
        known.forEach((key, version) -> {
            if (!Objects.equals(keyspace.newest(key), version.orElse(null))) {
                throw new IllegalStateException("not the newest version of " + key + ": " + version);
            }
        });
        transactions.forEach(committed -> keyspace.apply(committed.transaction()));
        position = after;
    }

    @Override
    public List<Lease> leases() {
        return keyspace.leases();
    }

    /** Memory is not bounded. */
    @Override
    public long size() {
        return 0;
    }

    @Override
    public Alarms alarms() {
        return keyspace.alarms();
    }

    @Override
    public Auth auth() {
        return keyspace.auth();
    }

    @Override
    public long revision() {
        return keyspace.revision();
    }

    @Override
    public long compacted() {
        return keyspace.compacted();
    }

    @Override
    public @Nullable KeyValue newest(Key key) {
        return keyspace.newest(key);
    }

    @Override
    public List<KeyValue> newest(KeyRange range) {
        return keyspace.newest(range);
    }

    @Override
    public List<Key> keys(KeyRange range, int most) {
        return keyspace.keys(range, most);
    }

    @Override
    public List<KeyValue> at(KeyRange range, long revision) {
        return keyspace.at(range, revision);
    }

    @Override
    public @Nullable Lease lease(long id) {
        return keyspace.lease(id);
    }

    @Override
    public List<Key> keysOf(long lease) {
        return keyspace.keysOf(lease);
    }
}
