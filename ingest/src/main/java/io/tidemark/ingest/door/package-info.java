/** The doors by which audit events enter: webhook, upload and file tail, all ending in one durable log. */
@NullMarked
package io.tidemark.ingest.door;

import org.jspecify.annotations.NullMarked;
