/** The log that a keyspace is: a port for appending and reading, and what a record of it says. */
@NullMarked
package io.tidemark.revision.log;

import org.jspecify.annotations.NullMarked;
