/** The etcd API: messages to commands, decisions to answers, and the port on which both are exchanged. */
@NullMarked
package io.tidemark.revision.etcd;

import org.jspecify.annotations.NullMarked;
