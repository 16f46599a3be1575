/** Moves keyspaces in and out through the etcd API: recordings of a history, and exports of one revision. */
@NullMarked
package io.tidemark.revision.transfer;

import org.jspecify.annotations.NullMarked;
