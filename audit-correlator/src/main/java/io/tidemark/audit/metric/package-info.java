/** What the correlator counts and how its process tells the one that started it; free of any engine. */
@NullMarked
package io.tidemark.audit.metric;

import org.jspecify.annotations.NullMarked;
