/** Checkpoints of a keyspace's image in a topic: taken while it is written, read back before they count, restored when it is gone. */
@NullMarked
package io.tidemark.revision.checkpoint;

import org.jspecify.annotations.NullMarked;
