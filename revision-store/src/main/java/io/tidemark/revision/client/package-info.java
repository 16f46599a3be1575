/** A client of the etcd API, for any server that has it: calls, connections, who asks. */
@NullMarked
package io.tidemark.revision.client;

import org.jspecify.annotations.NullMarked;
