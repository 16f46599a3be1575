package io.tidemark.audit.correlate;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.correlate.BodyShape;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.Incarnation;
import io.tidemark.schema.correlate.TimelineState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What is remembered of one object key: its facts in short, and its incarnations.
 *
 * <p>The versions of an object form a chain by resourceVersion, not by time:
 *
 * <pre>
 *   version   10        11          14            14          17
 *   entry     CREATED   (binding)   UPDATED       NO_CHANGE   UPDATED
 *             claims 10 claims none claims 14     shows 14    claims 17
 *                                   = its writer  writes none
 * </pre>
 *
 * The writer of a version is the request that came in first of those that claim it; others that claim it changed nothing.
 */
public final class Timeline {
    /** Requests by API server time; ids break ties the same way on every run. */
    static final Comparator<Entry> BY_TIME = (a, b) -> {
        int stage = Long.compare(a.getStageMicros(), b.getStageMicros());
        int received = stage != 0 ? stage : Long.compare(a.getReceivedMicros(), b.getReceivedMicros());
        return received != 0 ? received : Long.compare(a.getSpanId(), b.getSpanId());
    };

    /** Requests in the order in which the API server received them. */
    private static final Comparator<Entry> BY_ARRIVAL = (a, b) -> {
        int received = Long.compare(a.getReceivedMicros(), b.getReceivedMicros());
        int stage = received != 0 ? received : Long.compare(a.getStageMicros(), b.getStageMicros());
        return stage != 0 ? stage : Long.compare(a.getSpanId(), b.getSpanId());
    };

    private static final Comparator<Entry> BY_VERSION = (a, b) -> {
        int version = Long.compare(a.getVersion(), b.getVersion());
        return version != 0 ? version : BY_ARRIVAL.compare(a, b);
    };

    final List<Entry> entries;
    final Map<String, Life> lives = new HashMap<>();
    long newestMicros;
    long horizonMicros;
    private long touchedMicros;
    private long alarmMicros;

    private Timeline(TimelineState state) {
        entries = new ArrayList<>(state.getEntries());
        for (Incarnation incarnation : state.getIncarnations()) {
            lives.put(incarnation.getUid(), new Life(incarnation));
        }
        newestMicros = state.getNewestMicros();
        horizonMicros = state.getHorizonMicros();
        touchedMicros = state.getTouchedMicros();
        alarmMicros = state.getAlarmMicros();
    }

    public static Timeline empty() {
        return new Timeline(new TimelineState(List.of(), List.of(), 0L, 0L, 0L, 0L));
    }

    public static Timeline of(TimelineState state) {
        return new Timeline(state);
    }

    public TimelineState state() {
        List<Incarnation> incarnations = lives.values().stream()
                .map(Life::state)
                .sorted(Comparator.comparing(Incarnation::getUid))
                .toList();
        return new TimelineState(entries, incarnations, newestMicros, horizonMicros, touchedMicros, alarmMicros);
    }

    /** Number of facts that are known. */
    public int size() {
        return entries.size();
    }

    /** Log time of the last fact; the key may be forgotten a while after it. */
    public long touchedMicros() {
        return touchedMicros;
    }

    public void touch(long logMicros) {
        touchedMicros = Math.max(touchedMicros, logMicros);
    }

    /** Log time for which a timer runs; 0 when none does. */
    public long alarmMicros() {
        return alarmMicros;
    }

    public void alarm(long logMicros) {
        alarmMicros = logMicros;
    }

    Optional<Entry> entry(long spanId) {
        for (Entry entry : entries) {
            if (entry.getSpanId() == spanId) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Takes the fact in, in place of a poorer one about the same thing. */
    void put(Fact fact) {
        entries.removeIf(entry -> entry.getSpanId() == fact.getSpanId());
        entries.add(new Entry(
                fact.getSpanId(),
                fact.getRichness(),
                fact.getReceivedMicros(),
                fact.getStageMicros(),
                fact.getUid(),
                fact.getEffect(),
                fact.getSubresource(),
                fact.getVersion(),
                fact.getClaims(),
                fact.getBase(),
                fact.getShape() == BodyShape.WHOLE,
                fact.getCount(),
                true));
        newestMicros = Math.max(newestMicros, Math.min(fact.getStageMicros(), fact.getAcceptedMicros()));
    }

    /** The request that wrote a version: of those that claim it the one that came in first. */
    Optional<Entry> writer(long version) {
        return first(entry -> entry.getClaims() && entry.getVersion() == version, BY_ARRIVAL);
    }

    /** The facts that are wanted, of those that are held. */
    List<Entry> held(Predicate<Entry> wanted) {
        List<Entry> held = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.getHeld() && wanted.test(entry)) {
                held.add(entry);
            }
        }
        return held;
    }

    /** The first in the order of the facts that are wanted, of those that are held. */
    Optional<Entry> firstHeld(Predicate<Entry> wanted, Comparator<Entry> order) {
        return first(entry -> entry.getHeld() && wanted.test(entry), order);
    }

    /** One pass and nothing made on the way: some of this is asked several times for each event. */
    private Optional<Entry> first(Predicate<Entry> wanted, Comparator<Entry> order) {
        Entry first = null;
        for (Entry entry : entries) {
            if (wanted.test(entry) && (first == null || order.compare(entry, first) < 0)) {
                first = entry;
            }
        }
        return Optional.ofNullable(first);
    }

    /** The next higher version that any request claims; empty when there is none. */
    Optional<Entry> nextWriter(long version) {
        return first(entry -> entry.getClaims() && entry.getVersion() > version, BY_VERSION);
    }

    /**
     * The life a request belongs to: the one it names, else the last one that had begun when it came in. A create
     * whose answer is hidden founds the life that is known by name only (empty uid).
     */
    String uidOf(Entry entry) {
        if (!entry.getUid().isEmpty()) {
            return entry.getUid();
        }
        return is(entry, Effect.CREATED) ? "" : uidAt(entry.getReceivedMicros());
    }

    private String uidAt(long micros) {
        return lives.values().stream()
                .filter(life -> !life.uid().isEmpty() && startOf(life) <= micros)
                .max(Comparator.comparingLong(this::startOf).thenComparing(Life::uid))
                .map(Life::uid)
                .orElse("");
    }

    /** When a life began: the create request when it was seen, else creationTimestamp, else the first thing seen. */
    long startOf(Life life) {
        long created = createdOf(life).map(Moment::micros).orElse(0L);
        return created != 0 ? created : life.creationMicros() != 0 ? life.creationMicros() : life.firstSeenMicros();
    }

    /** The life before this one under the same name. */
    Optional<Life> previousOf(Life life) {
        if (lives.size() == 1) {
            return Optional.empty(); // nearly always
        }
        long start = startOf(life);
        return lives.values().stream()
                .filter(other -> !other.uid().isEmpty() && !other.uid().equals(life.uid()) && startOf(other) < start)
                .max(Comparator.comparingLong(this::startOf).thenComparing(Life::uid));
    }

    Optional<Moment> createdOf(Life life) {
        return earliest(life, life.created(), entry -> is(entry, Effect.CREATED), Entry::getReceivedMicros);
    }

    Optional<Moment> deletionAskedOf(Life life) {
        return earliest(life, life.deletionAsked(), Timeline::asksForDeletion, Entry::getStageMicros);
    }

    Optional<Moment> deletedOf(Life life) {
        return earliest(life, life.deleted(), entry -> is(entry, Effect.DELETED), Entry::getStageMicros);
    }

    private Optional<Moment> earliest(
            Life life, Moment remembered, Predicate<Entry> which, ToLongFunction<Entry> when) {
        Moment best = remembered;
        for (Entry entry : entries) {
            if (which.test(entry) && uidOf(entry).equals(life.uid())) {
                best = best.earlier(new Moment(entry.getSpanId(), when.applyAsLong(entry)));
            }
        }
        return best.isNone() ? Optional.empty() : Optional.of(best);
    }

    static boolean is(Entry entry, Effect effect) {
        return entry.getEffect().equals(effect.name());
    }

    static boolean asksForDeletion(Entry entry) {
        boolean evicts = entry.getSubresource().equals("eviction") && is(entry, Effect.ACCEPTED);
        return evicts || is(entry, Effect.DELETED) || is(entry, Effect.DELETION_STARTED);
    }

    /**
     * A request and its time.
     *
     * @param spanId 0 for none
     */
    record Moment(long spanId, long micros) {
        static final Moment NONE = new Moment(0, 0);

        boolean isNone() {
            return spanId == 0;
        }

        Moment earlier(Moment other) {
            if (isNone() || other.isNone()) {
                return isNone() ? other : this;
            }
            boolean keep = micros < other.micros || micros == other.micros && spanId <= other.spanId;
            return keep ? this : other;
        }
    }
}
