/** Carries spans from the log into the span store, and keeps the store within its bounds. */
@NullMarked
package io.tidemark.query.projector;

import org.jspecify.annotations.NullMarked;
