package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Events.Request;
import io.tidemark.audit.fact.Evidence;
import io.tidemark.audit.fact.Facts;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Feeds events to correlators in memory and keeps, like a span store, the last span of each id. */
final class SpanSet {
    private final Retention retention;
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Map<String, Map<Long, Evidence>> facts = new HashMap<>();
    private final Map<String, Span> spans = new TreeMap<>();
    final Map<Notice, Integer> notices = new EnumMap<>(Notice.class);
    int sent;

    SpanSet() {
        this(Retention.of(Duration.ofMinutes(20), Duration.ofHours(2), 256, 1024));
    }

    SpanSet(Retention retention) {
        this.retention = retention;
    }

    static SpanSet of(List<AuditEvent> events) {
        SpanSet set = new SpanSet();
        events.forEach(set::feed);
        return set;
    }

    void feed(AuditEvent event) {
        for (Facts.Keyed keyed : Facts.read(event).facts()) {
            // through the stored form each time, as the job does
            Timeline timeline = timelines.getOrDefault(keyed.key(), Timeline.empty());
            FactStore store = new MemoryFacts(facts.computeIfAbsent(keyed.key(), key -> new HashMap<>()));
            for (Span span : new Correlator(retention, this::count).accept(timeline, store, keyed.evidence())) {
                keep(span);
            }
            timelines.put(keyed.key(), Timeline.of(timeline.state()));
        }
    }

    /** The correlator's state is made anew; the spans that it sent stay. */
    void loseState() {
        timelines.clear();
        facts.clear();
    }

    void feed(Request request) {
        feed(request.event());
    }

    /** Feeds the request and answers what is concluded about it. */
    RequestDetail fed(Request request) {
        feed(request);
        return detail(request);
    }

    private void count(Notice notice) {
        notices.merge(notice, 1, Integer::sum);
    }

    private void keep(Span span) {
        sent++;
        String id = span.getSpanId().toString();
        Span known = spans.get(id);
        if (span.getWithdrawn()) {
            spans.remove(id);
        } else if (known == null || !span.getLate() || known.getLate()) {
            spans.put(id, Span.newBuilder(span).setAcceptedMicros(Instant.EPOCH).build());
        }
    }

    Map<String, Span> spans() {
        return spans;
    }

    List<Span> spans(SpanKind kind) {
        return spans.values().stream().filter(span -> span.getKind() == kind).toList();
    }

    Span span(Request request) {
        return spans(SpanKind.REQUEST).stream()
                .filter(span -> ((RequestDetail) span.getDetail()).getAuditId().equals(request.auditId()))
                .findFirst()
                .orElseThrow();
    }

    RequestDetail detail(Request request) {
        return (RequestDetail) span(request).getDetail();
    }

    Span objectSpan(String uid) {
        return spans(SpanKind.OBJECT).stream()
                .filter(span -> span.getObject().getUid().equals(uid))
                .findFirst()
                .orElseThrow();
    }

    ObjectDetail life(String uid) {
        return (ObjectDetail) objectSpan(uid).getDetail();
    }

    private record MemoryFacts(Map<Long, Evidence> facts) implements FactStore {
        @Override
        public @Nullable Evidence get(long spanId) {
            return facts.get(spanId);
        }

        @Override
        public void put(Evidence evidence) {
            facts.put(evidence.fact().getSpanId(), evidence);
        }

        @Override
        public void remove(long spanId) {
            facts.remove(spanId);
        }
    }
}
