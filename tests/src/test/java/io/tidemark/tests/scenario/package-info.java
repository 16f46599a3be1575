/** Questions that people asked about the recorded cluster, put to the trace API of a running platform. */
@NullMarked
package io.tidemark.tests.scenario;

import org.jspecify.annotations.NullMarked;
