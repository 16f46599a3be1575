package io.tidemark.watch.topic;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.ReadWorkers;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.watch.hub.EncodedEvents;
import io.tidemark.watch.view.Contents;
import io.tidemark.watch.view.EventText;
import io.tidemark.watch.view.Shape;
import io.tidemark.watch.view.Telling;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the HTTP port. What comes from the loop itself is done at once. What others tell it is done at once when it was
 * not told anything for a while, else in turns, so that each of many clients gets several events in one go: a write to a
 * socket costs more than what is written.
 */
final class HttpLoop implements Executor {
    /** Nobody who reads along sees so short a wait. */
    private static final long TURN_MILLIS = 25;

    /** Of values whose content is known to the loop, or to a worker while it makes a part ready. */
    private static final long KNOWN_BYTES = 8 * 1024 * 1024;

    private static final int ASIDE_MOST = 64;

    private final ContextInternal context;
    private final Contents contents = new Contents(KNOWN_BYTES);
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long drained = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS);
    private @Nullable EncodedEvents newest;
    private final Map<Manner, Rendered> ofNewest = new HashMap<>();
    /** Who waits for what a worker makes ready. */
    private final Map<Aside, List<Consumer<Rendered>>> aside = new HashMap<>();

    /** How events are wanted: who wants them alike is told the same bytes. */
    record Manner(Shape shape, Framing framing) {}

    /** What a worker makes ready. */
    private record Aside(EncodedEvents events, Manner manner) {}

    /**
     * Events that are ready to go out.
     *
     * @param through the revision of the last one of them, whether it is told or not
     * @param unanswered how many the filter came to nothing for, and why
     */
    record Rendered(Framing.Messages messages, long through, int unanswered, String why) {}

    HttpLoop(ContextInternal context) {
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        if (context.inThread()) {
            task.run();
        } else {
            tasks.add(task);
            if (woken.compareAndSet(false, true)) {
                context.runOnContext(ignored -> drainInTurn());
            }
        }
    }

    /** Not in turns: somebody waits for it before there is more. */
    void soon(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    private void drainInTurn() {
        long wait = TURN_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - drained);
        if (wait <= 0) {
            drain();
        } else {
            context.owner().setTimer(wait, ignored -> drain());
        }
    }

    private void drain() {
        drained = System.nanoTime();
        woken.set(false); // before looking: what comes in from now on wakes it again
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /**
     * The events as they are wanted. Live watchers of one range are told one after another, so what was made last is what the
     * next one is told, too. On the loop.
     */
    Rendered rendered(EncodedEvents events, Manner manner) {
        if (events != newest) {
            newest = events;
            ofNewest.clear();
        }
        return ofNewest.computeIfAbsent(manner, wanted -> render(events, wanted, contents));
    }

    /**
     * The same, made by a worker: once for all who want it until it is ready. On the loop, and so is who is told.
     *
     * @return false when workers have too much to do; then nobody is told
     */
    boolean renderAside(EncodedEvents events, Manner manner, ReadWorkers workers, Consumer<Rendered> ready) {
        Aside wanted = new Aside(events, manner);
        List<Consumer<Rendered>> waiting = aside.get(wanted);
        if (waiting == null) {
            List<Consumer<Rendered>> all = new ArrayList<>();
            boolean taken = workers.offer(() -> {
                Rendered rendered = render(events, manner, new Contents(KNOWN_BYTES));
                soon(() -> {
                    aside.remove(wanted);
                    all.forEach(each -> each.accept(rendered));
                });
            });
            if (!taken) {
                return false;
            }
            aside.put(wanted, all);
            waiting = all;
        }
        waiting.add(ready);
        return true;
    }

    /** Whether so much is with workers that nobody should give them more than one part at a time. */
    boolean isBusy() {
        return aside.size() >= ASIDE_MOST;
    }

    private static Rendered render(EncodedEvents encoded, Manner manner, Contents contents) {
        List<Event> events = parsed(encoded);
        Telling telling = EventText.of(events, manner.shape(), contents);
        return new Rendered(
                manner.framing().messages(telling.told()),
                events.getLast().getKv().getModRevision(),
                telling.unanswered(),
                telling.why());
    }

    private static List<Event> parsed(EncodedEvents events) {
        try {
            return WatchResponse.parseFrom(events.bytes()).getEventsList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("events as they are told are none", e);
        }
    }
}
