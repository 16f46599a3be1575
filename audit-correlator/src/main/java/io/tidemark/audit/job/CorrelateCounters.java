package io.tidemark.audit.job;

import io.tidemark.audit.correlate.Notice;
import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.audit.metric.CorrelatorReading;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What one correlating task counts. One thread counts; Flink's metric reporters read. */
final class CorrelateCounters {
    private final Map<SpanKind, Counter> spans;
    private final Map<Effect, Counter> effects;
    private final Map<Notice, Counter> notices = new EnumMap<>(Notice.class);
    private final Counter inexact;

    CorrelateCounters(MetricGroup group) {
        spans = by(SpanKind.class, CorrelatorMetric.SPANS, group);
        effects = by(Effect.class, CorrelatorMetric.EFFECTS, group);
        inexact = counter(group, CorrelatorMetric.INEXACT);
        notices.put(Notice.DUPLICATE, counter(group, CorrelatorMetric.DUPLICATES));
        notices.put(Notice.LATE, counter(group, CorrelatorMetric.LATE));
        notices.put(Notice.BODY_TOO_OLD, counter(group, CorrelatorMetric.FORGOTTEN, "body", "age"));
        notices.put(Notice.BODY_TOO_MANY, counter(group, CorrelatorMetric.FORGOTTEN, "body", "count"));
        notices.put(Notice.ENTRY_TOO_OLD, counter(group, CorrelatorMetric.FORGOTTEN, "entry", "age"));
        notices.put(Notice.ENTRY_TOO_MANY, counter(group, CorrelatorMetric.FORGOTTEN, "entry", "count"));
    }

    /** One counter per constant, its name in lower case as the tag value. */
    static <E extends Enum<E>> Map<E, Counter> by(Class<E> type, CorrelatorMetric metric, MetricGroup group) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, counter(group, metric, constant.name().toLowerCase(Locale.ROOT)));
        }
        return counters;
    }

    private static Counter counter(MetricGroup group, CorrelatorMetric metric, String... tagValues) {
        return group.counter(CorrelatorReading.series(metric, List.of(tagValues)));
    }

    void sent(Span span) {
        Objects.requireNonNull(spans.get(span.getKind())).inc();
        if (span.getDetail() instanceof RequestDetail request) {
            Objects.requireNonNull(effects.get(request.getEffect())).inc();
            if (!request.getChanges().isEmpty() && !request.getExact()) {
                inexact.inc();
            }
        }
    }

    void noticed(Notice notice) {
        Objects.requireNonNull(notices.get(notice)).inc();
    }
}
