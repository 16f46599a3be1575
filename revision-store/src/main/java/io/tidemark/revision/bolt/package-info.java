/** Files of bbolt, in which etcd keeps everything: written from the first page to the last, read page by page. */
@NullMarked
package io.tidemark.revision.bolt;

import org.jspecify.annotations.NullMarked;
