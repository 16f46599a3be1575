/** Ports for the processes that tests and benchmarks start. */
@NullMarked
package io.tidemark.tests.ports;

import org.jspecify.annotations.NullMarked;
