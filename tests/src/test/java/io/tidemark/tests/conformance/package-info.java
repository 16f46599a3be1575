/** Answers of the etcd API compared with those that a real etcd gave. */
@NullMarked
package io.tidemark.tests.conformance;

import org.jspecify.annotations.NullMarked;
