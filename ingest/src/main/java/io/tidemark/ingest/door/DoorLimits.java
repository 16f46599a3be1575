package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.AuditLimits;
import java.time.Duration;

/**
 * Bounds of the audit doors.
 *
 * @param audit bounds of lists and events
 * @param bodyBytes largest body of a webhook request, packed and unpacked
 * @param bodyTime how long a webhook's client may take to send its body
 * @param bufferBytes bytes of webhook bodies held at once, over all requests; full: 503
 * @param inFlightBytes bytes of events sent to the log and not yet confirmed; full: 503
 * @param workers threads that validate, redact and encode
 * @param uploads uploads under way at once; more: 503
 */
public record DoorLimits(
        AuditLimits audit,
        int bodyBytes,
        Duration bodyTime,
        long bufferBytes,
        long inFlightBytes,
        int workers,
        int uploads) {
    /** The limits of the documentation. */
    public static final DoorLimits DEFAULT =
            new DoorLimits(AuditLimits.DEFAULT, 20 << 20, Duration.ofSeconds(30), 128L << 20, 64L << 20, 2, 4);

    public DoorLimits {
        if (inFlightBytes < bodyBytes || bufferBytes < bodyBytes) {
            throw new IllegalArgumentException("audit.limit.in-flight.bytes (" + inFlightBytes
                    + ") and audit.limit.buffer.bytes (" + bufferBytes + ") must each hold one whole body"
                    + " (audit.limit.body.bytes, " + bodyBytes + ")");
        }
    }
}
