/** The correlator's settings, free of any engine, so that the process that starts it can check and pass them on. */
@NullMarked
package io.tidemark.audit.config;

import org.jspecify.annotations.NullMarked;
