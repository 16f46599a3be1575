package io.tidemark.audit.correlate;

import io.tidemark.audit.fact.Evidence;
import io.tidemark.audit.fact.Instants;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Occurrences of one Kubernetes Event. Its count only grows, so the count before tells how many occurrences a write
 * stands for and since when: counts 1, 4 seen as 1 (once) and 4 (three times, since the first).
 */
final class EventSeries {
    private final Timeline timeline;
    private final FactStore facts;

    EventSeries(Timeline timeline, FactStore facts) {
        this.timeline = timeline;
        this.facts = facts;
    }

    List<Span> accept(Evidence evidence) {
        Fact fact = evidence.fact();
        List<Span> spans = new ArrayList<>();
        spans.add(span(evidence, false));
        timeline.firstHeld(
                        entry -> sameEvent(entry, fact) && entry.getCount() > fact.getCount(),
                        Comparator.comparingInt(Entry::getCount))
                .map(entry -> facts.get(entry.getSpanId()))
                .ifPresent(next -> spans.add(span(next, false)));
        return spans;
    }

    List<Span> late(Evidence evidence) {
        return List.of(span(evidence, true));
    }

    private Span span(Evidence evidence, boolean late) {
        Fact fact = evidence.fact();
        Span span = DraftFields.copy(evidence.draft());
        Optional<Entry> previous = previous(fact);
        int observed = fact.getCount() - previous.map(Entry::getCount).orElse(0);
        long start = observed == 1
                ? fact.getStageMicros()
                : previous.map(Entry::getStageMicros).orElse(fact.getReceivedMicros());
        ((EventDetail) span.getDetail()).put(DraftFields.OBSERVED, observed);
        span.put(DraftFields.START, Instants.of(Math.min(start, fact.getStageMicros())));
        span.put(DraftFields.LATE, late);
        return span;
    }

    private Optional<Entry> previous(Fact fact) {
        return timeline.entries.stream()
                .filter(entry -> sameEvent(entry, fact) && entry.getCount() < fact.getCount())
                .max(Comparator.comparingInt(Entry::getCount));
    }

    private static boolean sameEvent(Entry entry, Fact fact) {
        return entry.getUid().equals(fact.getUid());
    }
}
