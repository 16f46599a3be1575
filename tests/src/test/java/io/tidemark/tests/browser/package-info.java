/** The UI as people use it: in a real Chromium, over the distribution with the recorded cluster. */
@NullMarked
package io.tidemark.tests.browser;

import org.jspecify.annotations.NullMarked;
