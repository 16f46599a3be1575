package io.tidemark.revision.machine;

import java.util.Arrays;
import java.util.Comparator;

/** The order of the keys in an answer. */
public record Sort(Order order, Target target) {
    /** By key, ascending: as they are stored. */
    public static final Sort NATURAL = new Sort(Order.NONE, Target.KEY);

    /** Which way. */
    public enum Order {
        NONE,
        ASCEND,
        DESCEND,
        /** A number that no client of today knows. */
        UNKNOWN
    }

    /** By what. */
    public enum Target {
        KEY(Comparator.comparing(KeyValue::key)),
        VERSION(Comparator.comparingLong(KeyValue::version)),
        CREATE(Comparator.comparingLong(KeyValue::createRevision)),
        MOD(Comparator.comparingLong(KeyValue::modRevision)),
        VALUE((a, b) -> Arrays.compareUnsigned(a.value(), b.value())),
        /** A number that no client of today knows. */
        UNKNOWN(Comparator.comparing(KeyValue::key));

        @SuppressWarnings("ImmutableEnumChecker") // the comparators have no state
        private final Comparator<KeyValue> ascending;

        Target(Comparator<KeyValue> ascending) {
            this.ascending = ascending;
        }
    }

    boolean isUnknown() {
        return order == Order.UNKNOWN || target == Target.UNKNOWN;
    }

    /** Whether that is the order in which keys are stored. */
    public boolean isNatural() {
        return target == Target.KEY && order != Order.DESCEND;
    }

    /** Equal ones stay in the order of their keys; without an order, any target but the key sorts ascending. */
    Comparator<KeyValue> comparator() {
        return order == Order.DESCEND ? target.ascending.reversed() : target.ascending;
    }
}
