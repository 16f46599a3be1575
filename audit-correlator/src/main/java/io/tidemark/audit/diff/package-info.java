/** Tells field by field how two versions of a Kubernetes object differ, with list elements named by the schema's keys. */
@NullMarked
package io.tidemark.audit.diff;

import org.jspecify.annotations.NullMarked;
