/** Programs that the documentation shows, as somebody outside would write them. */
@NullMarked
package io.tidemark.tests.example;

import org.jspecify.annotations.NullMarked;
