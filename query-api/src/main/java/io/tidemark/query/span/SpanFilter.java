package io.tidemark.query.span;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which spans are asked for: those that fulfil every condition.
 *
 * @param conditions in the order in which they were given; empty: every span
 */
public record SpanFilter(List<Condition> conditions) {
    public static final SpanFilter ALL = new SpanFilter(List.of());

    public SpanFilter {
        conditions = List.copyOf(conditions);
    }

    public SpanFilter and(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new SpanFilter(more);
    }

    public SpanFilter and(SpanField field, String value) {
        return and(new Condition.AnyOf(field, Set.of(value)));
    }

    public SpanFilter and(SpanField field, Set<String> values) {
        return and(new Condition.AnyOf(field, values));
    }

    public SpanFilter during(TimeRange range) {
        return range.equals(TimeRange.ALL) ? this : and(new Condition.During(range));
    }
}
