/** The child JVM that runs the correlator, kept running. */
@NullMarked
package io.tidemark.deploy.correlator;

import org.jspecify.annotations.NullMarked;
