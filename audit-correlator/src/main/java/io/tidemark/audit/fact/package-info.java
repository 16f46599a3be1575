/** Pure: one audit event in, the facts it states about objects out. No state, no clock, no engine. */
@NullMarked
package io.tidemark.audit.fact;

import org.jspecify.annotations.NullMarked;
