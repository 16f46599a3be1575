package io.tidemark.audit.fact;

import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Fact;
import java.util.List;

/**
 * All that one audit event says about one object. Never changed: conclusions are drawn on copies of the spans.
 *
 * @param fact what the rest is concluded from once the neighbours are known
 * @param draft the span as far as the event alone tells it
 * @param parts spans below it that need nothing else, phases and admission patches, with the object still to be filled in
 */
public record Evidence(Fact fact, Span draft, List<Span> parts) {}
