/** The commands that ask a store with the etcd API: their options, and the printed forms of what it answers. */
@NullMarked
package io.tidemark.revision.cli;

import org.jspecify.annotations.NullMarked;
