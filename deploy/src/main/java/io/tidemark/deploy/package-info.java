/** The one-command process: which parts run, in which order, and what is said when one cannot start. */
@NullMarked
package io.tidemark.deploy;

import org.jspecify.annotations.NullMarked;
