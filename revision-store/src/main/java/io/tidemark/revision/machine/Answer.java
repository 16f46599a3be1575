package io.tidemark.revision.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client is told. */
public sealed interface Answer {
    /** The store's revision when it was answered, inside of a transaction with its own writes so far. */
    long revision();

    /**
     * To a Range.
     *
     * @param kvs in the order asked for
     * @param more whether there are more than the limit let through
     * @param count keys in the range, limit and bounds aside
     */
    record Ranged(long revision, List<KeyValue> kvs, boolean more, long count) implements Answer {}

    /**
     * To a Put.
     *
     * @param previous the version before, when it was asked for and there was one
     */
    record Written(long revision, @Nullable KeyValue previous) implements Answer {}

    /**
     * To a Delete.
     *
     * @param previous the last versions in the order of their keys, when they were asked for
     */
    record Deleted(long revision, long count, List<KeyValue> previous) implements Answer {}

    /**
     * To a Txn.
     *
     * @param answers one for each operation of the branch that was taken
     */
    record Done(long revision, boolean succeeded, List<Answer> answers) implements Answer {}

    /** To a Compact or Revoke. */
    record Plain(long revision) implements Answer {}

    /**
     * To a Raise or Clear.
     *
     * @param alarms that is raised or was cleared; none when there is nothing to raise or clear
     */
    record Alarmed(long revision, List<Alarm> alarms) implements Answer {}

    /** To a Grant. */
    record Granted(long revision, Lease lease) implements Answer {}
}
