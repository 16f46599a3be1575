/** The RocksDB image of a keyspace: a projection of its log that can be deleted and made again. */
@NullMarked
package io.tidemark.revision.store;

import org.jspecify.annotations.NullMarked;
