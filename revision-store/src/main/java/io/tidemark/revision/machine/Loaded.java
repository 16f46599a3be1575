package io.tidemark.revision.machine;

import java.util.List;

/**
 * Revisions as they were in another keyspace, each version with its own revision. What was compacted there is left out:
 * revisions, and changes of a revision.
 *
 * <pre>
 *   there, compacted at 6             loaded
 *   3 put a                           3 put a
 *   4 put b     5 put b               5 put b
 *   7 put a, delete b                 7 put a, delete b
 * </pre>
 *
 * @param revisions in their order, the first behind the keyspace's revision; not empty
 * @param compactRevision the lowest one that could be read there; 0 for all
 */
public record Loaded(List<Revision> revisions, long compactRevision) implements Transaction {
    public Loaded {
        revisions = List.copyOf(revisions);
        if (revisions.isEmpty()) {
            throw new IllegalArgumentException("expected revisions, found none");
        }
    }

    /**
     * What was written at one revision, as far as it is known.
     *
     * @param subs which change of the revision each one is, from 0; grows, with gaps
     * @param micros when it was committed there, microseconds since 1970; 0 when that is not known
     */
    public record Revision(long revision, List<Change> changes, List<Integer> subs, long micros) {
        public Revision {
            changes = List.copyOf(changes);
            subs = List.copyOf(subs);
            if (changes.size() != subs.size()) {
                throw new IllegalArgumentException(
                        "expected a place for each of " + changes.size() + " changes, found " + subs.size());
            }
        }

        /**
         * When it was committed.
         *
         * @param loaded when it was loaded: not later than that, whatever clock the other keyspace had
         */
        public long micros(long loaded) {
            return micros == 0 ? loaded : Math.min(micros, loaded);
        }
    }

    /** The keyspace's revision after it. */
    public long revision() {
        return revisions.getLast().revision();
    }

    @Override
    public long after(long before) {
        return revision();
    }

    /** The lowest revision that can be read after it: what is missing below must not be taken for what never was. */
    public long compacted(long before) {
        return compactRevision > 0 ? Math.max(before, Math.min(compactRevision, revision())) : before;
    }
}
