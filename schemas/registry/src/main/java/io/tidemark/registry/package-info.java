/** Schema registries with Confluent's API, spoken to by Confluent's own client; loaded by a class loader of its own. */
@NullMarked
package io.tidemark.registry;

import org.jspecify.annotations.NullMarked;
