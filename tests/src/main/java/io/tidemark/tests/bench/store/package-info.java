/** The etcd API of the built distribution beside a real etcd: the same requests by the same client, in turns. */
@NullMarked
package io.tidemark.tests.bench.store;

import org.jspecify.annotations.NullMarked;
