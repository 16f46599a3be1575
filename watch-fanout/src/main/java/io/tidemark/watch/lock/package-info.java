/** etcd's locks and elections: from what a client asks and the answers of the store, what has to be done next. */
@NullMarked
package io.tidemark.watch.lock;

import org.jspecify.annotations.NullMarked;
