package io.tidemark.ingest.audit;

import java.util.List;

/**
 * A whole EventList, read.
 *
 * @param items the valid events, in the order of the list
 * @param rejected those that are none
 */
public record AuditBatch(List<AuditItem> items, List<RejectedItem> rejected) {}
