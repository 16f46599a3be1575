package io.tidemark.query.trace;

import io.tidemark.query.span.Micros;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.TimeRange;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;

/**
 * Kubernetes Events that are about another object and name this one: "Created pod: web-5d-x" lies on the ReplicaSet. They
 * name no uid, so the incarnation is the one that lived then.
 */
final class Mentions {
    private static final int MOST = 100;

    /** Times in whole seconds, and reports that come before or after the fact. */
    private static final long AROUND_MICROS = 5_000_000;

    private final SpanStore store;

    Mentions(SpanStore store) {
        this.store = store;
    }

    /** The first of them, oldest first. */
    Page<Span> of(Span object, TraceQuestion question) {
        long start = Micros.of(object.getStartMicros()) - AROUND_MICROS;
        long end = Micros.endOf(object.getEndMicros());
        long until = end == TimeRange.FOREVER ? end : end + AROUND_MICROS;
        SpanFilter filter = SpanFilter.ALL
                .and(SpanField.KIND, SpanKind.EVENT.name())
                .and(SpanField.MENTION, SpanField.subject(object.getObject()))
                .during(new TimeRange(start, until))
                .during(question.range());
        return store.search(filter, PageRequest.oldest(MOST));
    }
}
