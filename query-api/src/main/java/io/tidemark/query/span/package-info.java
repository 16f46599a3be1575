/** Spans as they are kept and found: the port {@code SpanStore} with its value types; knows no engine. */
@NullMarked
package io.tidemark.query.span;

import org.jspecify.annotations.NullMarked;
