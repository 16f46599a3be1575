/** When leases end, as data: the time is handed in. */
@NullMarked
package io.tidemark.revision.lease;

import org.jspecify.annotations.NullMarked;
