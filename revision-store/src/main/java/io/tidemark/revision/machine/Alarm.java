package io.tidemark.revision.machine;

import java.util.Comparator;

/**
 * Something that is wrong with a node, until somebody says that it is over.
 *
 * @param member the node that it is about, by the id in its answers' headers; 0 when a client did not say
 * @param kind as etcd numbers them; others can be raised, and mean nothing
 */
public record Alarm(long member, int kind) implements Comparable<Alarm> {
    /** The quota is used up: nothing may grow. */
    public static final int NO_SPACE = 1;
    /** What is stored cannot be relied on: nothing may be written. */
    public static final int CORRUPT = 2;

    private static final Comparator<Alarm> ORDER =
            Comparator.comparingInt(Alarm::kind).thenComparing(Alarm::member, Long::compareUnsigned);

    @Override
    public int compareTo(Alarm other) {
        return ORDER.compare(this, other);
    }
}
