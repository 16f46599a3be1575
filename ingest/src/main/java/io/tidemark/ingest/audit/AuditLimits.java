package io.tidemark.ingest.audit;

import java.time.Duration;

/**
 * How much of an audit list or event is taken in.
 *
 * @param eventBytes largest single event; a larger one is rejected, its neighbours are not
 * @param events most items of one EventList; a longer list is refused whole
 * @param depth deepest nesting of objects and arrays within one event
 * @param future how far after the door's clock an event may claim to have happened
 * @param backwards how far before its own requestReceivedTimestamp a stageTimestamp may lie
 */
public record AuditLimits(int eventBytes, int events, int depth, Duration future, Duration backwards) {
    /** The limits of the documentation. */
    public static final AuditLimits DEFAULT =
            new AuditLimits(1_000_000, 10_000, 200, Duration.ofHours(24), Duration.ofMinutes(5));

    public AuditLimits {
        if (eventBytes < 1 || events < 1 || depth < 1) {
            throw new IllegalArgumentException("audit limits must be at least 1: eventBytes " + eventBytes + ", events "
                    + events + ", depth " + depth);
        }
    }
}
