/** The query API under {@code /api/v1} and the files of the UI, on a router that somebody else owns. */
@NullMarked
package io.tidemark.query.http;

import org.jspecify.annotations.NullMarked;
