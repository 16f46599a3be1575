package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.RevisionEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest transactions, for all who are told of them: a ring by revision. One thread adds; any thread reads.
 *
 * <pre>
 *   revisions   17 18 19 │ 12 13 14 15 16      what is not in it any more is read from the image
 *                     newest
 * </pre>
 *
 * What everybody was told goes at once, but for the newest ones, for who begins a little behind. Else events would grow old before
 * they go, and the collector would copy them on and on, and then stop everything to clear its old generation.
 */
public final class Recent {
    private final AtomicReferenceArray<@Nullable RevisionEvents> ring;
    private final int mask;
    private final int kept;
    private final long mostBytes;
    private final List<LongSupplier> followers = new CopyOnWriteArrayList<>();
    private long oldest;
    private volatile long bytes;
    private volatile long newest;

    /**
     * @param revisions at most, a power of two
     * @param kept of the newest, also when everybody was told
     * @param mostBytes of their events, at most; the newest is there however large it is
     * @param newest revision that was written before
     */
    public Recent(int revisions, int kept, long mostBytes, long newest) {
        if (Integer.bitCount(revisions) != 1) {
            throw new IllegalArgumentException("expected a power of two, found " + revisions);
        }
        this.ring = new AtomicReferenceArray<>(revisions);
        this.mask = revisions - 1;
        this.kept = kept;
        this.mostBytes = mostBytes;
        this.newest = newest;
        this.oldest = newest + 1;
    }

    /** @param next the revision that somebody has to be told next; {@link Long#MAX_VALUE} for none. From any thread */
    void follow(LongSupplier next) {
        followers.add(next);
    }

    /** @param written what follows the newest; at once, unless a history with gaps is loaded */
    public void add(List<RevisionEvents> written) {
        long held = bytes;
        for (RevisionEvents next : written) {
            long revision = next.revision();
            if (revision <= newest) {
                throw new IllegalStateException("expected a revision above " + newest + ", found " + revision);
            }
            if (revision > newest + 1) {
                held = beginAt(revision);
            }
            held += next.bytes();
            while (oldest < revision && (held > mostBytes || revision - oldest > mask)) {
                held -= forget(oldest++);
            }
            ring.set(slot(revision), next);
            newest = revision;
        }
        bytes = held - forgetTold();
    }

    /** @return bytes */
    private long forgetTold() {
        long needed = newest - kept + 1;
        for (LongSupplier next : followers) {
            needed = Math.min(needed, next.getAsLong());
        }
        long forgotten = 0;
        while (oldest < needed) {
            forgotten += forget(oldest++);
        }
        return forgotten;
    }

    /** A history with gaps is being loaded: nothing before the gap is of use for who has to be told of all in turn. */
    private long beginAt(long revision) {
        while (oldest <= newest) {
            forget(oldest++);
        }
        oldest = revision;
        return 0;
    }

    private long forget(long revision) {
        RevisionEvents old = ring.getAndSet(slot(revision), null);
        return old == null ? 0 : old.bytes();
    }

    private int slot(long revision) {
        return (int) revision & mask;
    }

    /** The newest one that was written. */
    public long newest() {
        return newest;
    }

    /** Of the events in it. */
    public long bytes() {
        return bytes;
    }

    /** What was written at a revision; null when it is not here any more, or not yet. */
    @Nullable
    RevisionEvents at(long revision) {
        RevisionEvents found = ring.get(slot(revision));
        return found != null && found.revision() == revision ? found : null;
    }
}
