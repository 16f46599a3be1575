/** Kubernetes' own programs and tests on a keyspace, and on a real etcd. */
@NullMarked
package io.tidemark.tests.kubernetes;

import org.jspecify.annotations.NullMarked;
