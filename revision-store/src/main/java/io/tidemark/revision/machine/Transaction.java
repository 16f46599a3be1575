package io.tidemark.revision.machine;

import java.util.List;

/** What a command did: one record of the log, from which every reader makes the same state without deciding again. */
public sealed interface Transaction
        permits Transaction.Write,
                Transaction.Compacted,
                Transaction.Granted,
                Transaction.Ended,
                Transaction.Raised,
                Transaction.Cleared,
                Loaded,
                AuthChanged {
    /** The keyspace's revision after it. */
    default long after(long revision) {
        return revision;
    }

    /**
     * Keys were written, all at one revision.
     *
     * @param changes in the order in which they were made, which watchers keep
     * @param endedLease the lease whose end this is; 0 for none
     */
    record Write(long revision, List<Change> changes, long endedLease) implements Transaction {
        @Override
        public long after(long before) {
            return revision;
        }
    }

    /** The history below a revision was given up. */
    record Compacted(long revision) implements Transaction {}

    /** A lease was granted. */
    record Granted(Lease lease) implements Transaction {}

    /** A lease without keys ended. */
    record Ended(long lease) implements Transaction {}

    /** An alarm was raised. */
    record Raised(Alarm alarm) implements Transaction {}

    /** An alarm is over. */
    record Cleared(Alarm alarm) implements Transaction {}

    /** What became of a key. */
    sealed interface Change {
        Key key();

        /** It has a new version. */
        record Put(KeyValue kv) implements Change {
            @Override
            public Key key() {
                return kv.key();
            }
        }

        /** It is gone. */
        record Delete(Key key) implements Change {}
    }
}
