/** What a watch topic is asked for, and how its events are told. Pure. */
@NullMarked
package io.tidemark.watch.view;

import org.jspecify.annotations.NullMarked;
