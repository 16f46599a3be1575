package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.util.List;

/**
 * What became queryable behind a sequence number.
 *
 * @param spans in the order in which the store took them in; a span that was refined meanwhile comes once, refined
 * @param upTo where to go on
 * @param remaining how many more match behind {@code upTo}
 */
public record Changes(List<Numbered> spans, long upTo, long remaining) {

    /** A span and its place in the store's order of arrival. */
    public record Numbered(long sequence, Span span) {}

    public Changes {
        spans = List.copyOf(spans);
    }
}
