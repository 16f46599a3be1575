package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import io.tidemark.topic.Serdes;

/**
 * A span and the record of its topic that it was read from, which is what a store keeps.
 *
 * @param span the span
 * @param record the same as a record of tidemark.audit.spans
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedSpan(Span span, byte[] record) {

    /** A span that came from elsewhere than its topic. */
    public static EncodedSpan of(Span span) {
        return new EncodedSpan(span, Serdes.AUDIT_SPAN.encode(span));
    }
}
