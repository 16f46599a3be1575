/** Caches that let the JVMs of later runs start faster. */
@NullMarked
package io.tidemark.deploy.startup;

import org.jspecify.annotations.NullMarked;
