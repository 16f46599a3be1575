/** The bytes of a version of a key: encoded once, stored, listed and sent to watchers as they are. */
@NullMarked
package io.tidemark.revision.encoding;

import org.jspecify.annotations.NullMarked;
