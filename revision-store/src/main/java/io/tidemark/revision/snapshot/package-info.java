/** A keyspace as etcd's own file of it: what {@code etcdctl snapshot save} fetches and {@code etcdutl snapshot restore} takes. */
@NullMarked
package io.tidemark.revision.snapshot;

import org.jspecify.annotations.NullMarked;
