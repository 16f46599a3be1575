package io.tidemark.ingest.audit;

import io.tidemark.schema.audit.AuditStage;

/**
 * One valid audit event: its bytes within the text it came in, and the fields by which it is routed.
 *
 * @param bytes where it stands
 * @param auditId auditID, not empty
 * @param stage stage of the request
 * @param verb verb, not empty
 * @param object what the request was about
 * @param receivedMicros requestReceivedTimestamp, microseconds since the epoch
 * @param stageMicros stageTimestamp, microseconds since the epoch
 * @param position where it stood: items[17]; empty for a line
 */
public record AuditItem(
        ByteSlice bytes,
        String auditId,
        AuditStage stage,
        String verb,
        ObjectRef object,
        long receivedMicros,
        long stageMicros,
        String position)
        implements ReadItem {}
