package io.tidemark.watch.hub;

/**
 * One watch: a range, and the revision that it has to be told next. It holds no events, wherever it is:
 *
 * <pre>
 *               ┌── next is recent, or to come ──► LIVE ── its stream is full, ──┐
 *   created ────┤                                   ▲      or it was overtaken    │
 *               └── next is older ─► CATCHING_UP ───┘                             │
 *                                      ▲    │ its stream is full                  │
 *                       reads a part,  │    ▼                                     │
 *                       goes on        └─ LAGGING ◄─── (full) ────────────────────┘
 *                                           └── has room: as if created
 * </pre>
 */
final class Watcher {
    /** Where it is. */
    enum State {
        /** In the index: told as soon as something is written. */
        LIVE,
        /** Waits for a part of the history. */
        CATCHING_UP,
        /** Waits until its stream has room. */
        LAGGING,
        /** Gone. */
        CLOSED
    }

    private final long id;
    private final Subscription subscription;
    private final WatchStream stream;
    private State state = State.CATCHING_UP;
    private long next;
    private int place;
    private boolean told;

    /** @param next revision from which on it is to be told */
    Watcher(long id, Subscription subscription, WatchStream stream, long next) {
        this.id = id;
        this.subscription = subscription;
        this.stream = stream;
        this.next = next;
    }

    long id() {
        return id;
    }

    Subscription subscription() {
        return subscription;
    }

    WatchStream stream() {
        return stream;
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    void become(State now) {
        state = now;
    }

    /** The first revision that it was not told. */
    long next() {
        return next;
    }

    /** Everything before a revision was told. */
    void toldBefore(long revision) {
        next = Math.max(next, revision);
    }

    /** Where it stands among those of its range and kind. */
    int place() {
        return place;
    }

    void moveTo(int to) {
        place = to;
    }

    /** Sends it events. */
    void tell(long revision, EncodedEvents events) {
        told = true;
        stream.outlet().events(id, revision, events, subscription.fragments());
    }

    /** Whether it was told events since this was asked last. */
    boolean wasTold() {
        boolean was = told;
        told = false;
        return was;
    }
}
