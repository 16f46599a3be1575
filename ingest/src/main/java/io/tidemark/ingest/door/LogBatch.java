package io.tidemark.ingest.door;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ObjectKey;
import java.util.List;

/**
 * What one request, or one stretch of a file, brings to the log.
 *
 * @param events accepted events
 * @param rejects those that were refused
 */
public record LogBatch(List<Entry> events, List<AuditReject> rejects) {
    /** One event with its key. */
    public record Entry(ObjectKey key, AuditEvent event) {}

    /** Bytes of the events, as counted against the limit of what may be on its way. */
    long sizeBytes() {
        long bytes = 0;
        for (Entry entry : events) {
            bytes += entry.event().getEvent().remaining();
        }
        return bytes;
    }
}
