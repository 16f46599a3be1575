/** Who writes a keyspace, by Kafka's consumer groups. */
@NullMarked
package io.tidemark.revision.election;

import org.jspecify.annotations.NullMarked;
