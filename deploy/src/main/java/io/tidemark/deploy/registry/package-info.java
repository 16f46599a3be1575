/** The schema registry, told of the bundled catalogue. */
@NullMarked
package io.tidemark.deploy.registry;

import org.jspecify.annotations.NullMarked;
