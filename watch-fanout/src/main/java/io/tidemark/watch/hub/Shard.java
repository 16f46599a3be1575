package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.watch.hub.Watcher.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The watchers of some streams, and how far the live ones were told. All of it is one thread's business, but for {@link
 * #hasLive} and {@link #claim}. What is written costs the logarithm of the ranges that are watched, and its watchers.
 */
public final class Shard {
    /** Who is no further behind is told from the ring at once; others wait for the history. */
    public static final int REPLAYED_MOST = 256;

    private final Recent recent;
    private final Bounds readable;
    private final Figures figures;
    private final RangeIndex<Audience> audiences = new RangeIndex<>();
    private final Caches caches = new Caches();
    private final List<Audience> hearing = new ArrayList<>();
    private final List<Audience> emptied = new ArrayList<>();
    private final Behind behind;
    private long revision;
    private final AtomicInteger live = new AtomicInteger();
    /** What the live watchers are told next, for other threads. */
    private volatile long next;

    public Shard(Recent recent, History history, Bounds readable, Figures figures) {
        this.recent = recent;
        this.behind = new Behind(history, this::take);
        this.readable = readable;
        this.figures = figures;
        this.revision = recent.newest();
        this.next = revision + 1;
        recent.follow(() -> hasLive() ? next : Long.MAX_VALUE);
    }

    /** Whether {@link #advance} has something to do when something is written. From any thread. */
    public boolean hasLive() {
        return live.get() > 0;
    }

    /**
     * Whether {@link #tellHowFar} has something to do for who read a key that is not there, and it falls to the caller to call
     * it. From any thread.
     */
    public boolean claim(Key read) {
        return caches.claim(read);
    }

    /** Tells the {@link Caches} below a key how far they are. */
    public void tellHowFar(Key read) {
        caches.begin(read);
        advance();
        KeyRange range = caches.range(read);
        if (range != null) {
            audienceOf(range).forEach(watcher -> watcher.stream().tellHowFar(watcher));
        }
    }

    /** A stream of this shard, without watchers. */
    public WatchStream stream(Outlet outlet) {
        return new WatchStream(this, outlet, figures);
    }

    /** Tells the live watchers what was written since. */
    public void advance() {
        long newest = recent.newest();
        while (live.get() > 0 && revision < newest) {
            RevisionEvents written = recent.at(revision + 1);
            if (written == null) {
                overtaken();
            } else {
                tell(written);
                revision++;
            }
        }
        revision = Math.max(revision, newest);
        next = revision + 1;
    }

    private void tell(RevisionEvents written) {
        for (KeyEvent event : written.events()) {
            audiences.find(event.key(), audience -> {
                if (audience.hear(event)) {
                    hearing.add(audience);
                }
            });
        }
        for (Audience audience : hearing) {
            audience.tell((watcher, events) -> tell(watcher, written, events));
        }
        hearing.clear();
        dropEmpty();
    }

    private void tell(Watcher watcher, RevisionEvents written, EncodedEvents events) {
        long at = written.revision();
        if (watcher.next() > at) {
            return; // it begins later
        }
        if (isLeftOut(watcher, written)) {
            fallBehind(watcher, at);
        } else if (watcher.stream().outlet().isFull()) {
            watcher.toldBefore(at);
            leave(watcher);
            lag(watcher);
        } else {
            send(watcher, at, at, events);
        }
    }

    /** What keys were before is too much to be held for all: who wants it reads it. */
    private static boolean isLeftOut(Watcher watcher, RevisionEvents written) {
        return !written.previous()
                && Subscription.wantsPrevious(watcher.subscription().kind());
    }

    /** Takes a live watcher out; it reads the history from a revision on. */
    private void fallBehind(Watcher watcher, long from) {
        watcher.toldBefore(from);
        leave(watcher);
        figures.lag();
        await(watcher);
    }

    private void send(Watcher watcher, long at, long shown, EncodedEvents events) {
        watcher.toldBefore(at + 1);
        if (!events.isEmpty()) {
            figures.told(events.size());
            watcher.tell(shown, events);
        }
    }

    private void lag(Watcher watcher) {
        figures.lag();
        watcher.become(State.LAGGING);
        watcher.stream().lags(watcher);
    }

    /** The ring has forgotten what the live watchers have to be told next. */
    private void overtaken() {
        List<Watcher> all = new ArrayList<>();
        audiences.forEach(audience -> audience.forEach(all::add));
        all.forEach(watcher -> fallBehind(watcher, revision + 1));
        dropEmpty();
    }

    /** Takes a live watcher out of the index; its audience stays until {@link #dropEmpty}. */
    private void leave(Watcher watcher) {
        Audience audience = audienceOf(watcher.subscription().range());
        audience.remove(watcher);
        caches.remove(watcher);
        if (audience.isEmpty()) {
            emptied.add(audience);
        }
        live.decrementAndGet();
        watcher.stream().isAway(1);
    }

    private void dropEmpty() {
        for (Audience audience : emptied) {
            if (audience.isEmpty()) {
                audiences.remove(audience.range());
            }
        }
        emptied.clear();
    }

    private Audience audienceOf(KeyRange range) {
        return audiences.computeIfAbsent(range, Audience::new);
    }

    /** The newest revision that anybody can know of. */
    long now() {
        advance();
        return Math.max(revision, readable.revision());
    }

    /** Up to where live watchers were told. */
    long told() {
        return revision;
    }

    /** A watcher that is not in the index goes on from where it is. */
    void go(Watcher watcher) {
        watcher.become(State.CATCHING_UP);
        if (watcher.next() > revision) {
            enter(watcher);
        } else if (watcher.next() < readable.compacted()) {
            watcher.stream().compacted(watcher, readable.compacted());
        } else if (watcher.stream().outlet().isFull()) {
            lag(watcher);
        } else if (replay(watcher)) {
            enter(watcher);
        } else if (watcher.is(State.CATCHING_UP)) {
            await(watcher);
        }
    }

    private void enter(Watcher watcher) {
        watcher.become(State.LIVE);
        audienceOf(watcher.subscription().range()).add(watcher);
        caches.add(watcher);
        live.incrementAndGet();
        watcher.stream().isAway(-1);
        if (recent.newest() > revision) {
            advance(); // who wrote that did not see it yet
        }
    }

    /** @return whether it was told everything; if not, it may have become lagging */
    private boolean replay(Watcher watcher) {
        if (revision - watcher.next() >= REPLAYED_MOST) {
            return false;
        }
        while (watcher.next() <= revision) {
            RevisionEvents written = recent.at(watcher.next());
            if (written == null || isLeftOut(watcher, written)) {
                return false;
            }
            if (watcher.stream().outlet().isFull()) {
                lag(watcher);
                return false;
            }
            send(watcher, written.revision(), revision, encoded(watcher, written));
        }
        return true;
    }

    /** The same that the history tells: what the keys were before the lowest revision is not known. */
    private EncodedEvents encoded(Watcher watcher, RevisionEvents written) {
        Subscription subscription = watcher.subscription();
        List<KeyEvent> own = written.events().stream()
                .filter(event -> subscription.range().contains(event.key()))
                .toList();
        boolean first = written.revision() <= readable.compacted();
        return EncodedEvents.of(own, first ? Subscription.withoutPrevious(subscription.kind()) : subscription.kind());
    }

    private void await(Watcher watcher) {
        watcher.become(State.CATCHING_UP);
        behind.add(watcher);
    }

    /** Goes on with the history, when that had to wait or could not be read. To be called from time to time. */
    public void look() {
        behind.look();
    }

    private void take(Watcher watcher, History.Part part) {
        figures.part();
        if (watcher.is(State.CATCHING_UP)) {
            switch (part) {
                case History.Part.Told told -> take(watcher, told);
                case History.Part.Compacted compacted -> watcher.stream().compacted(watcher, compacted.revision());
                case History.Part.TooLarge large -> watcher.stream().tooLarge(watcher, large.revision());
                case History.Part.Failed failed -> behind.addAgain(watcher);
            }
        }
    }

    private void take(Watcher watcher, History.Part.Told told) {
        List<KeyEvent> events = new ArrayList<>();
        told.revisions().forEach(written -> events.addAll(written.events()));
        long through = told.through();
        send(
                watcher,
                through,
                Math.max(revision, through),
                EncodedEvents.of(events, watcher.subscription().kind()));
        go(watcher);
    }

    /** A watcher is no more. */
    void close(Watcher watcher) {
        if (watcher.is(State.LIVE)) {
            leave(watcher);
            dropEmpty();
        }
        watcher.become(State.CLOSED);
    }
}
