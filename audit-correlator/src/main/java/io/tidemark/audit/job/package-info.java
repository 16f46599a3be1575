/** The Flink job around the correlator: sources, keyed state, timers, sinks, and the process that runs it. */
@NullMarked
package io.tidemark.audit.job;

import org.jspecify.annotations.NullMarked;
