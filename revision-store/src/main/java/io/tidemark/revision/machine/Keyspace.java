package io.tidemark.revision.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest state, transactions that are decided and not yet logged included. Every list is in the order of keys. */
public interface Keyspace {
    /** Revision of the newest write; 1 before the first. */
    long revision();

    /** The lowest revision that can be read; -1 before the first compaction. */
    long compacted();

    /** The newest version of a key; null when it does not exist. */
    @Nullable
    KeyValue newest(Key key);

    /** The newest versions of the keys that exist. */
    List<KeyValue> newest(KeyRange range);

    /**
     * The keys that exist, without their versions.
     *
     * @param most of them, from the first on
     */
    List<Key> keys(KeyRange range, int most);

    /**
     * The versions of the keys that existed at a revision.
     *
     * @param revision not below {@link #compacted} and not above {@link #revision}
     */
    List<KeyValue> at(KeyRange range, long revision);

    /** The lease; null when there is none of that id. */
    @Nullable
    Lease lease(long id);

    /** The keys that hang on a lease. */
    List<Key> keysOf(long lease);

    /** The alarms that are raised. */
    Alarms alarms();

    /** Who may do what. */
    Auth auth();
}
