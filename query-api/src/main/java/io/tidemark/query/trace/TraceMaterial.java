package io.tidemark.query.trace;

import io.tidemark.query.span.SpanRef;
import io.tidemark.schema.audit.Span;
import java.util.List;
import java.util.Map;

/**
 * What a trace is made of, before it is laid out.
 *
 * @param focus object span of the incarnation asked for
 * @param owners owners' object spans by the object they own, the one to hang the object under first; the focus and
 *     what owns it only
 * @param owned owned objects' object spans by their owner; the focus and what it owns only
 * @param spans everything else by the object it is shown under, in any order
 */
record TraceMaterial(
        Span focus, Map<SpanRef, List<Span>> owners, Map<SpanRef, List<Span>> owned, Map<SpanRef, List<Span>> spans) {}
