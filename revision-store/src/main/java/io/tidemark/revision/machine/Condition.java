package io.tidemark.revision.machine;

import java.util.Arrays;
import java.util.List;

/**
 * One comparison of a transaction, true when it holds for every key in its range; a range without keys is compared as one
 * key that does not exist.
 *
 * @param number what versions, revisions and leases are compared with
 * @param value what values are compared with
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record Condition(KeyRange range, Target target, Relation relation, long number, byte[] value) {

    /** What is compared. */
    public enum Target {
        VERSION,
        CREATE,
        MOD,
        VALUE,
        LEASE,
        /** A number that no client of today knows: nothing differs in it. */
        UNKNOWN
    }

    /** How it has to stand to what it is compared with. */
    public enum Relation {
        EQUAL,
        GREATER,
        LESS,
        NOT_EQUAL,
        /** A number that no client of today knows: it holds. */
        UNKNOWN
    }

    boolean holds(Keyspace state) {
        if (range.isSingle()) {
            KeyValue kv = state.newest(range.key());
            return kv == null ? holdsForNone() : holdsFor(kv);
        }
        List<KeyValue> found = state.newest(range);
        return found.isEmpty() ? holdsForNone() : found.stream().allMatch(this::holdsFor);
    }

    /** A key that does not exist is of version, revision and lease 0, and has no value that anything could be said of. */
    private boolean holdsForNone() {
        return switch (target) {
            case VALUE -> false;
            case UNKNOWN -> related(0);
            case VERSION, CREATE, MOD, LEASE -> related(Long.compare(0, number));
        };
    }

    private boolean holdsFor(KeyValue kv) {
        return related(
                switch (target) {
                    case VERSION -> Long.compare(kv.version(), number);
                    case CREATE -> Long.compare(kv.createRevision(), number);
                    case MOD -> Long.compare(kv.modRevision(), number);
                    case LEASE -> Long.compare(kv.lease(), number);
                    case VALUE -> Arrays.compareUnsigned(kv.value(), value);
                    case UNKNOWN -> 0;
                });
    }

    private boolean related(int comparison) {
        return switch (relation) {
            case EQUAL -> comparison == 0;
            case GREATER -> comparison > 0;
            case LESS -> comparison < 0;
            case NOT_EQUAL -> comparison != 0;
            case UNKNOWN -> true;
        };
    }
}
