package io.tidemark.audit.correlate;

import io.tidemark.audit.fact.Evidence;
import io.tidemark.audit.fact.Instants;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Relates the facts about one object key to each other.
 *
 * <pre>
 *   fact ── known already? ── richer ─────────► replace ─┐
 *     │          └─────────── not richer ─────► nothing  │
 *     ├── older than what was given up ───────► its span, marked late
 *     ├── the other API server's view of it ──► merged into the fuller one
 *     └── new ────────────────────────────────► take in ─┴─► spans of all facts it concerns,
 *                                                            spans of the lives that changed,
 *                                                            give up what is too old
 * </pre>
 *
 * A fact concerns: itself; requests that claim the same version (only one wrote it); the next writer after its version
 * (its "before" has changed); failures and deletions that build on its version or lost against it; and, when a life
 * turned out to have begun at another time, every request that names no uid.
 */
public final class Correlator {
    private final Retention retention;
    private final Consumer<Notice> notices;

    /** @param notices told once for each thing done */
    public Correlator(Retention retention, Consumer<Notice> notices) {
        this.retention = retention;
        this.notices = notices;
    }

    /** Takes evidence in and returns the spans to send, in the order of their conclusion. */
    public List<Span> accept(Timeline timeline, FactStore facts, Evidence evidence) {
        Fact fact = evidence.fact();
        Optional<Entry> known = timeline.entry(fact.getSpanId());
        if (known.isPresent() && known.get().getRichness() >= fact.getRichness()) {
            notices.accept(Notice.DUPLICATE);
            return List.of();
        }
        if (known.isEmpty() && fact.getStageMicros() <= timeline.horizonMicros) {
            notices.accept(Notice.LATE);
            return fact.getKind() == FactKind.EVENT
                    ? new EventSeries(timeline, facts).late(evidence)
                    : new RequestSpans(timeline, facts).of(evidence, true);
        }
        Twins twins = new Twins(timeline, facts);
        if (twins.isShadow(evidence)) {
            return twins.mergeShadow(evidence);
        }
        List<Span> spans = new ArrayList<>();
        Evidence whole = twins.absorbShadows(evidence, spans);
        timeline.put(whole.fact());
        facts.put(whole);
        spans.addAll(
                fact.getKind() == FactKind.EVENT
                        ? new EventSeries(timeline, facts).accept(whole)
                        : acceptRequest(timeline, facts, whole));
        new Forgetting(retention, timeline, facts, notices).run();
        return spans;
    }

    private static List<Span> acceptRequest(Timeline timeline, FactStore facts, Evidence evidence) {
        Fact fact = evidence.fact();
        ObjectIdentity identity = evidence.draft().getObject();
        boolean livesMoved = learn(timeline, facts, fact, identity);
        RequestSpans requests = new RequestSpans(timeline, facts);
        List<Span> spans = new ArrayList<>();
        for (Entry entry : concerned(timeline, fact, livesMoved)) {
            Evidence concerned = facts.get(entry.getSpanId());
            if (concerned != null) {
                spans.addAll(requests.of(concerned, false));
            }
        }
        if (!identity.getName().isEmpty()) {
            spans.addAll(new ObjectSpans(timeline).changed(identity, Instants.of(fact.getAcceptedMicros())));
        }
        return spans;
    }

    /** Whether a life began, or began at another time than thought, so that requests may change hands. */
    private static boolean learn(Timeline timeline, FactStore facts, Fact fact, ObjectIdentity identity) {
        Entry entry = timeline.entry(fact.getSpanId()).orElseThrow();
        String uid = timeline.uidOf(entry);
        Life life = timeline.lives.get(uid);
        if (life == null) {
            life = Life.begin(uid, fact.getReceivedMicros());
            timeline.lives.put(uid, life);
            life.learn(fact, identity);
            learnOwners(timeline, facts, life, fact);
            return !uid.isEmpty();
        }
        long start = timeline.startOf(life);
        life.learn(fact, identity);
        learnOwners(timeline, facts, life, fact);
        // its entry is among the others already, so a create has moved the start before it was first asked for
        return start != timeline.startOf(life) || Timeline.is(entry, Effect.CREATED);
    }

    private static void learnOwners(Timeline timeline, FactStore facts, Life life, Fact fact) {
        if (!fact.getHasMetadata() || fact.getVersion() == 0 || fact.getUid().isEmpty()) {
            return;
        }
        if (!life.contradictsOwners(fact)) {
            life.learnOwners(fact);
            return;
        }
        life.relearnOwners(
                timeline.held(entry -> entry.getUid().equals(fact.getUid()) && entry.getVersion() > 0).stream()
                        .map(entry -> facts.get(entry.getSpanId()))
                        .filter(Objects::nonNull)
                        .map(Evidence::fact)
                        .filter(Fact::getHasMetadata)
                        .sorted(Comparator.comparingLong(Fact::getVersion).thenComparingLong(Fact::getSpanId))
                        .toList());
    }

    private static List<Entry> concerned(Timeline timeline, Fact fact, boolean livesMoved) {
        long version = fact.getVersion();
        long reach = version == 0 ? 0 : reach(timeline, version);
        boolean binding = fact.getSubresource().equals("binding");
        List<Entry> concerned = timeline.held(entry -> entry.getSpanId() == fact.getSpanId()
                || version != 0 && dependsOn(timeline, entry, version, reach)
                || livesMoved && entry.getUid().isEmpty()
                || binding && entry.getStageMicros() >= fact.getReceivedMicros());
        concerned.sort(Timeline.BY_TIME);
        return concerned;
    }

    /** The version up to which states are put together from this one: the next that is seen whole. */
    private static long reach(Timeline timeline, long version) {
        long reach = Long.MAX_VALUE;
        for (Entry entry : timeline.entries) {
            if (entry.getHeld() && entry.getWhole() && entry.getVersion() > version) {
                reach = Math.min(reach, entry.getVersion());
            }
        }
        return reach;
    }

    private static boolean dependsOn(Timeline timeline, Entry entry, long version, long reach) {
        boolean claimsOrFollows = entry.getVersion() >= version && entry.getVersion() <= reach;
        boolean buildsOnIt = entry.getBase() == version;
        boolean showsLastState = Timeline.is(entry, Effect.DELETED) && entry.getVersion() == 0;
        return claimsOrFollows || buildsOnIt || showsLastState || lostAgainst(timeline, entry, version);
    }

    private static boolean lostAgainst(Timeline timeline, Entry entry, long version) {
        return Timeline.is(entry, Effect.FAILED)
                && entry.getBase() != 0
                && entry.getBase() < version
                && timeline.nextWriter(entry.getBase())
                        .filter(writer -> writer.getVersion() == version)
                        .isPresent();
    }
}
