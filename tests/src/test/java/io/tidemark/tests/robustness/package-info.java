/** What must hold whatever happens: kills, stalls, bad input, planted secrets, lost folders, an absent Kafka. */
@NullMarked
package io.tidemark.tests.robustness;

import org.jspecify.annotations.NullMarked;
