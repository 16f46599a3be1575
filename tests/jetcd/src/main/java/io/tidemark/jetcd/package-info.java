/** What an application does with jetcd, and what it is told: a line for each thing. */
@NullMarked
package io.tidemark.jetcd;

import org.jspecify.annotations.NullMarked;
