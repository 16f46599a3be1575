package io.tidemark.revision.machine;

import java.util.List;

/** What is asked of a keyspace. */
public sealed interface Command {
    /** What can be asked alone or as a part of a transaction. */
    sealed interface Op extends Command {}

    /**
     * Reads keys.
     *
     * @param revision as of which; 0 and less: newest
     * @param limit most keys in the answer; 0 and less: all
     * @param bounds keys that are left out, although they are counted
     * @param keysOnly values are left out
     * @param countOnly only the count is wanted
     */
    record Range(
            KeyRange range, long revision, long limit, Sort sort, Bounds bounds, boolean keysOnly, boolean countOnly)
            implements Op {
        /** Whether its answer is versions in the order in which they are stored, up to the limit. */
        public boolean isPlain() {
            return sort.isNatural() && bounds.isNone() && !countOnly;
        }
    }

    /**
     * Writes a key.
     *
     * @param value not to be changed
     * @param lease 0 for none
     * @param previous whether the version before is wanted
     * @param ignoreValue the value stays as it is
     * @param ignoreLease the lease stays as it is
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(Key key, byte[] value, long lease, boolean previous, boolean ignoreValue, boolean ignoreLease)
            implements Op {}

    /**
     * Deletes keys.
     *
     * @param previous whether the last versions are wanted
     */
    record Delete(KeyRange range, boolean previous) implements Op {}

    /** Does the one or the other, whether all conditions hold or not, at one revision. */
    record Txn(List<Condition> conditions, List<Op> success, List<Op> failure) implements Op {}

    /** An operation that says nothing. */
    record Nothing() implements Op {}

    /** Gives up the history below a revision. */
    record Compact(long revision) implements Command {}

    /**
     * Grants a lease.
     *
     * @param id 0 for any
     * @param free an id above 0, by chance: the first that is tried for any
     */
    record Grant(long id, long ttlSeconds, long free) implements Command {}

    /** Ends a lease and deletes its keys; also what is decided when its time is over. */
    record Revoke(long id) implements Command {}

    /** Raises an alarm. */
    record Raise(Alarm alarm) implements Command {}

    /** Says that an alarm is over. */
    record Clear(Alarm alarm) implements Command {}

    /**
     * Makes revisions of another keyspace revisions of this one.
     *
     * @param expected the keyspace's revision before
     */
    record Load(long expected, Loaded loaded) implements Command {}

    /** Changes who may do what; says itself how. */
    non-sealed interface OfUsers extends Command {
        Decision decide(Keyspace state);
    }

    /**
     * Smallest and largest revisions of keys in an answer, inclusive; 0 for no bound.
     */
    record Bounds(long leastMod, long mostMod, long leastCreate, long mostCreate) {
        static final Bounds NONE = new Bounds(0, 0, 0, 0);

        public boolean isNone() {
            return equals(NONE);
        }

        boolean admits(KeyValue kv) {
            return within(kv.modRevision(), leastMod, mostMod) && within(kv.createRevision(), leastCreate, mostCreate);
        }

        private static boolean within(long revision, long least, long most) {
            return (least == 0 || revision >= least) && (most == 0 || revision <= most);
        }
    }
}
