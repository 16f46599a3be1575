package io.tidemark.service;

import java.util.List;

/**
 * What one metric is. Each module has one enum of them; the reference page is made from those enums. The name is the one
 * seen by Prometheus: {@code tidemark_<part>_<noun>_<unit>}, in base units, counters ending in {@code _total} and timers
 * in {@code _seconds}. What etcd's dashboards look for has etcd's names.
 */
public interface MetricSpec {
    /** Kind of metric. */
    enum Type {
        /** Only grows. */
        COUNTER,
        /** Read when asked; NaN when there is nothing to say. */
        GAUGE,
        /** Durations: count, sum, buckets. */
        TIMER,
        /** Amounts other than durations: count, sum, largest. */
        SUMMARY
    }

    /**
     * A tag with a bounded number of values.
     *
     * @param name lower-case word
     * @param values the only values there are; empty when they come from outside
     * @param max most values; further ones from outside are counted as {@link #OTHER}
     */
    record Tag(String name, List<String> values, int max) {
        public static final String OTHER = "other";

        public Tag {
            values = List.copyOf(values);
            if (max < 1) {
                throw new IllegalArgumentException("tag " + name + " needs at least one value, found " + max);
            }
        }

        /** A tag with exactly these values; any other is a bug and is refused. */
        public static Tag of(String name, String... values) {
            return new Tag(name, List.of(values), values.length);
        }

        /** A tag whose values come from outside, at most this many of them. */
        public static Tag upTo(int max, String name) {
            return new Tag(name, List.of(), max);
        }
    }

    /**
     * All that a metric is.
     *
     * @param metricName name as Prometheus shows it
     * @param help one sentence: what is counted or measured, and when to worry
     * @param tags in the order in which values are given to {@link Meters}
     */
    record Definition(String metricName, Type type, String help, List<Tag> tags) implements MetricSpec {
        public Definition {
            tags = List.copyOf(tags);
        }

        @Override
        public Definition definition() {
            return this;
        }
    }

    Definition definition();

    default String metricName() {
        return definition().metricName();
    }

    default Type type() {
        return definition().type();
    }

    default List<Tag> tags() {
        return definition().tags();
    }

    default String help() {
        return definition().help();
    }
}
