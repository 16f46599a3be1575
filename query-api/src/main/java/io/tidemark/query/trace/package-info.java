/** Spans put together to the tree of one object: what was done to it, who owns it, what it owns. */
@NullMarked
package io.tidemark.query.trace;

import org.jspecify.annotations.NullMarked;
