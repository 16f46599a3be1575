/** The oracle held to the recorded cluster's etcd history, and the span check held to small sets. */
@NullMarked
package io.tidemark.tests.oracle;

import org.jspecify.annotations.NullMarked;
