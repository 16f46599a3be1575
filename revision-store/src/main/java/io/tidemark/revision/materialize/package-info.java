/** From the log into the image: what is read is applied in its order, and the records of writers that were replaced are not. */
@NullMarked
package io.tidemark.revision.materialize;

import org.jspecify.annotations.NullMarked;
