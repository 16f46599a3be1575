/** The span store on an embedded Lucene index. */
@NullMarked
package io.tidemark.query.lucene;

import org.jspecify.annotations.NullMarked;
