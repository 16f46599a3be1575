package io.tidemark.revision.lease;

import io.tidemark.revision.machine.Lease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When leases end, as the active writer measures it. It is in no log: a new writer gives every lease its whole time again,
 * so a lease may end late and never early. Source: etcd's {@code server/lease/lessor.go}.
 *
 * <pre>
 *   granted ─► running ──its time is over──► ending ──its end is logged──► gone
 *                │  ▲                          │
 *                └──┘ renewed                  └─ renewing it is too late
 * </pre>
 *
 * Times are nanoseconds of a clock that only grows, handed in. Safe for use by several threads.
 */
public final class LeaseTimes {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** So far ahead that no clock gets there: a lease may be granted for 285 years. */
    private static final long FURTHEST_NANOS = Long.MAX_VALUE / 4;

    private final Map<Long, Running> running = new HashMap<>();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(Comparator.comparingLong(Deadline::nanos));

    private static final class Running {
        private final Lease lease;
        private long endsNanos;
        private boolean ending;

        Running(Lease lease, long endsNanos) {
            this.lease = lease;
            this.endsNanos = endsNanos;
        }
    }

    /** An entry of the queue; stale when the lease was renewed, and put in again then. */
    private record Deadline(long nanos, Running of) {}

    /** A lease begins to run, or begins anew. */
    public synchronized void start(Lease lease, long nowNanos) {
        Running started = new Running(lease, nowNanos + nanos(lease));
        running.put(lease.id(), started);
        deadlines.add(new Deadline(started.endsNanos, started));
    }

    /** Its end is logged. */
    public synchronized void ended(long id) {
        running.remove(id);
    }

    /** Nobody here measures leases any more. */
    public synchronized void clear() {
        running.clear();
        deadlines.clear();
    }

    /** Gives a lease its whole time again; tells the seconds, or nothing when there is none or it is ending. */
    public synchronized OptionalLong renew(long id, long nowNanos) {
        Running found = running.get(id);
        if (found == null || found.ending) {
            return OptionalLong.empty();
        }
        found.endsNanos = nowNanos + nanos(found.lease);
        return OptionalLong.of(found.lease.ttlSeconds());
    }

    /** Whole seconds that are left, 0 when its end is about to be logged; nothing when there is no such lease. */
    public synchronized OptionalLong left(long id, long nowNanos) {
        Running found = running.get(id);
        return found == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, found.endsNanos - nowNanos) / NANOS_PER_SECOND);
    }

    /** The lease with this id; null when it does not run here. */
    public synchronized @Nullable Lease lease(long id) {
        Running found = running.get(id);
        return found == null ? null : found.lease;
    }

    /** All leases, those that end first first. */
    public synchronized List<Lease> byEnd() {
        return running.values().stream()
                .sorted(Comparator.comparingLong((Running one) -> one.endsNanos)
                        .thenComparingLong(one -> one.lease.id()))
                .map(one -> one.lease)
                .toList();
    }

    /**
     * Leases whose time is over and whose end was not asked for yet, those that are longest over first. They are ending
     * from now on.
     *
     * @param most so many at a time: each end is a write
     */
    public synchronized List<Lease> due(long nowNanos, int most) {
        List<Lease> due = new ArrayList<>();
        while (due.size() < most && !deadlines.isEmpty() && deadlines.peek().nanos - nowNanos <= 0) {
            Running first = deadlines.poll().of;
            if (running.get(first.lease.id()) != first || first.ending) {
                continue;
            }
            if (first.endsNanos - nowNanos > 0) {
                deadlines.add(new Deadline(first.endsNanos, first));
            } else {
                first.ending = true;
                due.add(first.lease);
            }
        }
        return due;
    }

    /** Its end could not be logged: it is to be asked for again. */
    public synchronized void again(long id) {
        Running found = running.get(id);
        if (found != null && found.ending) {
            found.ending = false;
            deadlines.add(new Deadline(found.endsNanos, found));
        }
    }

    /** Leases that run or are ending. */
    public synchronized int size() {
        return running.size();
    }

    private static long nanos(Lease lease) {
        return Math.min(FURTHEST_NANOS / NANOS_PER_SECOND, lease.ttlSeconds()) * NANOS_PER_SECOND;
    }
}
