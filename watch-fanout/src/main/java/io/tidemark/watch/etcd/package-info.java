/** etcd's {@code Watch}: requests to watchers, and what they are told to messages. */
@NullMarked
package io.tidemark.watch.etcd;

import org.jspecify.annotations.NullMarked;
