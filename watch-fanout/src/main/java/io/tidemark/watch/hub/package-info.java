/** Who watches what, and who is to be told what. Pure: revisions come in, and messages go to {@code Outlet}s. */
@NullMarked
package io.tidemark.watch.hub;

import org.jspecify.annotations.NullMarked;
