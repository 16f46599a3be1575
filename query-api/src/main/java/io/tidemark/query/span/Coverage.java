package io.tidemark.query.span;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store holds of one cluster, or of all of them.
 *
 * @param spans number of spans, object spans included
 * @param objects number of object spans
 * @param from start of the oldest request or Event; empty when there is none
 * @param to start of the newest request or Event; empty when there is none
 */
public record Coverage(long spans, long objects, Optional<Instant> from, Optional<Instant> to) {}
