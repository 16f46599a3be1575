package io.tidemark.watch.topic;

import io.tidemark.revision.etcd.ReadWorkers;
import io.tidemark.watch.etcd.Looked;
import io.tidemark.watch.etcd.LoopShard;
import io.tidemark.watch.hub.EncodedEvents;
import io.tidemark.watch.hub.Outlet;
import io.tidemark.watch.hub.Subscription;
import io.tidemark.watch.hub.WatchStream;
import io.tidemark.watch.view.EventText;
import io.tidemark.watch.view.TopicRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's topic: one watcher on a stream of its own. It holds no events but a few that workers make ready; what the client
 * does not take stays in the history. On its event loop.
 */
final class TopicStream implements Outlet, Looked {
    /** More than that is made ready by a worker, as long as it takes, and whatever a filter is asked about. */
    private static final int ASIDE_BYTES = 32 * 1024;

    /** Parts that may be with workers, or wait behind one that is. */
    private static final int TURNS_MAX = 64;

    private static final long NOTICES_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BEATS_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Client client;
    private final TopicRequest request;
    private final Place place;
    private final HttpLoop.Manner manner;
    private final Allowance allowance;
    private final WatchStream stream;
    /** What goes out in this order: events that a worker makes ready, and what came behind them. */
    private final Deque<Turn> turns = new ArrayDeque<>();

    private long turnBytes;
    private boolean over;
    private boolean live;
    private boolean toldLive = true;
    private boolean toldUnanswered;
    /** Up to where it was told, whether it wanted it or not, and up to where it knows that. */
    private long through;

    private long known;
    private long wrote;
    private long noticed;
    private long looked;

    /** One of them; it has nothing to do yet while a worker is not ready. */
    private static final class Turn {
        private final int bytes;
        private @Nullable Runnable task;

        Turn(int bytes, @Nullable Runnable task) {
            this.bytes = bytes;
            this.task = task;
        }
    }

    /** What it stands on. */
    record Place(HttpLoop loop, LoopShard shard, ReadWorkers workers, TopicSettings settings, Ends ends) {}

    /** Who is told of it. */
    interface Ends {
        /** Events went out. */
        void told(int events);

        /** Its filter came to nothing for so many. */
        void unanswered(int events);

        /** It is no more; once. */
        void closed(TopicStream stream);
    }

    TopicStream(Client client, TopicRequest request, Place place, long now) {
        this.client = client;
        this.request = request;
        this.place = place;
        this.manner = new HttpLoop.Manner(request.shape(), client.framing());
        this.allowance = new Allowance(request.rate(), now);
        this.stream = place.shard.stream(this);
        this.wrote = now;
        this.noticed = now - NOTICES_NANOS;
        this.looked = now;
    }

    /**
     * Tells what there is to be told.
     *
     * @param start the first revision, which may be one that is to come
     * @param newest the newest one that there is
     */
    void begin(long start, long newest) {
        client.whenGone(this::close);
        client.whenDrained(this::goOn);
        place.shard.look(this);
        through = start - 1;
        known = through;
        client.startsBehind(through);
        stream.create(
                0, new Subscription(request.range(), true, true, request.shape().needsPrevious(), true, false), start);
        if (!over) {
            client.begin();
            if (start > newest + 1) {
                client.write(EventText.notice("waiting", newest));
            }
            stream.requestProgress(); // the first bookmark tells that all is told
        }
    }

    /** The keyspace is not served any more. */
    void end() {
        if (!over) {
            close();
            client.end();
        }
    }

    private void close() {
        if (!over) {
            over = true;
            stream.close();
            place.shard.forget(this);
            place.ends.closed(this);
        }
    }

    private void goOn() {
        if (!over && !isFull()) {
            stream.drained();
        }
    }

    @Override
    public boolean isFull() {
        return turns.size() >= turnsMost()
                || turnBytes >= place.settings.unreadBytes()
                || allowance.isUsedUp()
                || client.isFull();
    }

    /** Several only of who is live, as others share the work; who wants no more than so many events a second waits for each part. */
    private int turnsMost() {
        return live && request.rate() == 0 && !place.loop.isBusy() ? TURNS_MAX : 1;
    }

    @Override
    public void events(long watcher, long revision, EncodedEvents events, boolean fragments) {
        boolean small = events.bytes().length < ASIDE_BYTES && !request.shape().isFiltered();
        if (small || !isTakenAside(events)) {
            HttpLoop.Rendered rendered = place.loop.rendered(events, manner);
            inTurn(() -> write(rendered));
        }
    }

    private boolean isTakenAside(EncodedEvents events) {
        Turn turn = new Turn(events.bytes().length, null);
        boolean taken = place.loop.renderAside(events, manner, place.workers, rendered -> {
            turn.task = () -> write(rendered);
            takeTurns();
        });
        if (taken) {
            turns.add(turn);
            turnBytes += turn.bytes;
        }
        return taken;
    }

    private void inTurn(Runnable task) {
        if (turns.isEmpty()) {
            task.run();
        } else {
            turns.add(new Turn(0, task));
        }
    }

    private void takeTurns() {
        for (Turn first = turns.peek(); first != null && !over; first = turns.peek()) {
            Runnable task = first.task;
            if (task == null) {
                break;
            }
            turns.remove();
            turnBytes -= first.bytes;
            task.run();
        }
        goOn();
    }

    private void write(HttpLoop.Rendered rendered) {
        int events = rendered.messages().events();
        through = rendered.through();
        if (rendered.unanswered() > 0) {
            unanswered(rendered);
        }
        if (events > 0) {
            client.write(rendered.messages());
            known = through;
            wrote = looked;
            allowance.use(events);
            place.ends.told(events);
        }
    }

    private void unanswered(HttpLoop.Rendered rendered) {
        place.ends.unanswered(rendered.unanswered());
        if (!toldUnanswered) {
            toldUnanswered = true;
            client.write(EventText.unanswered(rendered.why(), rendered.through()));
        }
    }

    @Override
    public void progress(long watcher, long revision) {
        inTurn(() -> bookmark(revision));
    }

    private void bookmark(long revision) {
        through = Math.max(through, revision);
        known = through;
        wrote = looked;
        client.write(EventText.bookmark(through));
    }

    @Override
    public void compacted(long watcher, long compacted) {
        inTurn(() -> {
            close();
            client.end(Problem.compacted(compacted));
        });
    }

    @Override
    public void tooLarge(long watcher, long revision) {
        inTurn(() -> {
            close();
            client.end(Problem.tooLarge(revision));
        });
    }

    @Override
    public void live(boolean all) {
        live = all;
    }

    @Override
    public void created(long watcher, long revision) {
        // its first bookmark tells as much
    }

    @Override
    public void refused(long revision, String why) {
        throw new IllegalStateException("a topic has a range and one watcher, but: " + why);
    }

    @Override
    public void canceled(long watcher, long revision) {
        throw new IllegalStateException("nobody cancels the watcher of a topic");
    }

    @Override
    public void look(long now, long interval, boolean leaderless) {
        looked = now;
        boolean waited = allowance.isUsedUp();
        allowance.fill(now);
        if (waited) {
            goOn();
        }
        if (!over && turns.isEmpty() && !client.isFull()) {
            tellWhereItIs(now);
        }
    }

    private void tellWhereItIs(long now) {
        if (live != toldLive && now - noticed >= NOTICES_NANOS) {
            noticed = now;
            toldLive = live;
            client.write(EventText.notice(live ? "live" : "behind", known));
        }
        if (now - wrote >= place.settings.bookmarks().toNanos()) {
            stream.notice();
            if (wrote != now && through > known) {
                bookmark(through); // nothing of what was written is wanted
            }
        }
        if (now - wrote >= BEATS_NANOS) {
            wrote = now;
            client.beat();
        }
    }
}
