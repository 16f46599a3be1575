package io.tidemark.audit.correlate;

import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import org.apache.avro.Schema;

/**
 * Positions of the fields that are set on a decoded draft. The contracts have no setters, and their builders copy
 * deeply, which cost more than the conclusions themselves; a draft that was just decoded is nobody else's.
 */
final class DraftFields {
    /** Fields of a span. */
    static final int PARENT = of(Span.SCHEMA$, "parentSpanId");

    static final int TRACE = of(Span.SCHEMA$, "traceId");
    static final int OBJECT_SPAN = of(Span.SCHEMA$, "objectSpanId");
    static final int START = of(Span.SCHEMA$, "startMicros");
    static final int ACCEPTED = of(Span.SCHEMA$, "acceptedMicros");
    static final int LATE = of(Span.SCHEMA$, "late");

    /** Fields of its object. */
    static final int UID = of(ObjectIdentity.SCHEMA$, "uid");

    /** Fields of a request's detail. */
    static final int EFFECT = of(RequestDetail.SCHEMA$, "effect");

    static final int EFFECT_REASON = of(RequestDetail.SCHEMA$, "effectReason");
    static final int RESOURCE_VERSION = of(RequestDetail.SCHEMA$, "resourceVersion");
    static final int PREVIOUS_VERSION = of(RequestDetail.SCHEMA$, "previousResourceVersion");
    static final int CHANGES = of(RequestDetail.SCHEMA$, "changes");
    static final int CHANGES_OMITTED = of(RequestDetail.SCHEMA$, "changesOmitted");
    static final int EXACT = of(RequestDetail.SCHEMA$, "exact");
    static final int EXACT_REASON = of(RequestDetail.SCHEMA$, "exactReason");
    static final int WINNER = of(RequestDetail.SCHEMA$, "winner");

    /** Field of an Event's detail. */
    static final int OBSERVED = of(EventDetail.SCHEMA$, "observed");

    private DraftFields() {}

    private static int of(Schema record, String name) {
        return record.getField(name).pos();
    }
}
