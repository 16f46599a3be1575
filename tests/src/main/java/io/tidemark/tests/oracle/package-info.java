/** An independent reading of an audit log: what the span set must be. Shares no code with the correlator. */
@NullMarked
package io.tidemark.tests.oracle;

import org.jspecify.annotations.NullMarked;
