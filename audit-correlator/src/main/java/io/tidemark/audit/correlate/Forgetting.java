package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Timeline.Moment;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.correlate.Entry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives up what is too old or too much, oldest first: bodies after one period, the entries that recognise duplicates
 * after another. What the next fact is compared with stays whatever its age: per life the newest whole version older
 * than the period, and the Event occurrence before.
 */
final class Forgetting {
    private final Retention retention;
    private final Timeline timeline;
    private final FactStore facts;
    private final Consumer<Notice> notices;

    Forgetting(Retention retention, Timeline timeline, FactStore facts, Consumer<Notice> notices) {
        this.retention = retention;
        this.timeline = timeline;
        this.facts = facts;
        this.notices = notices;
    }

    void run() {
        long oldestFact = timeline.newestMicros - retention.factsMicros();
        long oldestEntry = timeline.newestMicros - retention.entriesMicros();
        int held = 0;
        boolean oldFacts = false;
        boolean oldEntries = false;
        for (Entry entry : timeline.entries) {
            held += entry.getHeld() ? 1 : 0;
            oldFacts |= entry.getHeld() && entry.getStageMicros() < oldestFact;
            oldEntries |= entry.getStageMicros() < oldestEntry;
        }
        if (held > retention.factsMax() || oldFacts) {
            releaseFacts(oldestFact, held - retention.factsMax());
        }
        int surplus = timeline.entries.size() - retention.entriesMax();
        if (surplus > 0 || oldEntries) {
            releaseEntries(oldestEntry, surplus);
        }
    }

    private void releaseFacts(long oldest, int surplus) {
        Set<Long> bases = bases(oldest);
        int left = surplus;
        List<Entry> held = timeline.held(entry -> true);
        held.sort(Timeline.BY_TIME);
        for (Entry entry : held) {
            boolean tooOld = entry.getStageMicros() < oldest && !bases.contains(entry.getSpanId());
            if (tooOld || left > 0) {
                release(entry);
                notices.accept(tooOld ? Notice.BODY_TOO_OLD : Notice.BODY_TOO_MANY);
                left--;
            }
        }
    }

    /** Per uid the newest whole version (or highest count) older than the period. */
    private Set<Long> bases(long oldest) {
        Set<Long> bases = new HashSet<>();
        List<String> uids =
                timeline.entries.stream().map(Entry::getUid).distinct().toList();
        for (String uid : uids) {
            timeline
                    .held(entry -> entry.getUid().equals(uid)
                            && entry.getStageMicros() < oldest
                            && (entry.getWhole() || entry.getCount() > 0))
                    .stream()
                    .max(Comparator.comparingInt(Entry::getCount)
                            .thenComparingLong(Entry::getVersion)
                            .thenComparing(Timeline.BY_TIME.reversed()))
                    .ifPresent(entry -> bases.add(entry.getSpanId()));
        }
        return bases;
    }

    private void release(Entry entry) {
        facts.remove(entry.getSpanId());
        timeline.entries.remove(entry);
        timeline.entries.add(Entry.newBuilder(entry).setHeld(false).build());
    }

    private void releaseEntries(long oldest, int surplus) {
        int left = surplus;
        for (Entry entry : timeline.entries.stream().sorted(Timeline.BY_TIME).toList()) {
            boolean tooOld = entry.getStageMicros() < oldest;
            if (!entry.getHeld() && (tooOld || left > 0)) {
                settle(entry);
                timeline.entries.remove(entry);
                timeline.horizonMicros = Math.max(timeline.horizonMicros, entry.getStageMicros());
                notices.accept(tooOld ? Notice.ENTRY_TOO_OLD : Notice.ENTRY_TOO_MANY);
                left--;
            }
        }
    }

    /** The entry's part in its life is kept when the entry goes. */
    private void settle(Entry entry) {
        Life life = timeline.lives.get(timeline.uidOf(entry));
        if (life != null) {
            Moment asked = new Moment(entry.getSpanId(), entry.getStageMicros());
            life.settle(
                    Timeline.is(entry, Effect.CREATED)
                            ? new Moment(entry.getSpanId(), entry.getReceivedMicros())
                            : Moment.NONE,
                    Timeline.asksForDeletion(entry) ? asked : Moment.NONE,
                    Timeline.is(entry, Effect.DELETED) ? asked : Moment.NONE);
        }
    }
}
