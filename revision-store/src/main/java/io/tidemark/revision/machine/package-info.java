/** The keyspace as pure functions: what a command does to the newest state, and what a logged transaction does to it. */
@NullMarked
package io.tidemark.revision.machine;

import org.jspecify.annotations.NullMarked;
