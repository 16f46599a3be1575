/**
 * Pure: the facts about one object key in, its spans out. Whatever the order in which facts arrive, the last span sent
 * for each id is the same: every new fact re-concludes the spans it concerns.
 */
@NullMarked
package io.tidemark.audit.correlate;

import org.jspecify.annotations.NullMarked;
