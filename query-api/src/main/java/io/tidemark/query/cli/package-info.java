/** Commands that ask a running Tidemark over its HTTP API and print what it answers. */
@NullMarked
package io.tidemark.query.cli;

import org.jspecify.annotations.NullMarked;
