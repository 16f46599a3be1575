/** The command that uploads audit log files to a running Tidemark. */
@NullMarked
package io.tidemark.ingest.cli;

import org.jspecify.annotations.NullMarked;
