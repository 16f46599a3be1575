/** The blueprint as tests: module arrows, pure packages, one writer per topic, size and naming rules. */
@NullMarked
package io.tidemark.tests.architecture;

import org.jspecify.annotations.NullMarked;
