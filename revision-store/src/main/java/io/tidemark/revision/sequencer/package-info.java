/** The one writer of a keyspace: takes requests in, decides, appends to the log, applies, answers. */
@NullMarked
package io.tidemark.revision.sequencer;

import org.jspecify.annotations.NullMarked;
