/** Feeds a bundled sample through the audit door, once per data folder. */
@NullMarked
package io.tidemark.deploy.sample;

import org.jspecify.annotations.NullMarked;
