/** Watch topics: any range of a keyspace's keys as Server-Sent Events or on a WebSocket, on the HTTP port. */
@NullMarked
package io.tidemark.watch.topic;

import org.jspecify.annotations.NullMarked;
