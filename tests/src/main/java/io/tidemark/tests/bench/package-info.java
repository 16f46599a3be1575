/** How fast and how frugal the distribution is, measured from outside: load through its doors, answers from its API. */
@NullMarked
package io.tidemark.tests.bench;

import org.jspecify.annotations.NullMarked;
