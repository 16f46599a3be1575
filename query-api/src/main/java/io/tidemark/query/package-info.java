/** Settings and metrics of the query side. */
@NullMarked
package io.tidemark.query;

import org.jspecify.annotations.NullMarked;
