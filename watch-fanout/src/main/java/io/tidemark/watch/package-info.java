/** What watching takes: settings, metrics, and how it is put beside a keyspace. */
@NullMarked
package io.tidemark.watch;

import org.jspecify.annotations.NullMarked;
