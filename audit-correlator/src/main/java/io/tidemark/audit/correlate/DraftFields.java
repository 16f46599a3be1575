package io.tidemark.audit.correlate;

import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Copies of drafts to draw conclusions on, and the positions of the fields that are set on them. The contracts have no
 * setters, and their builders copy deeply, which cost more than the conclusions themselves. A copy has its own span,
 * object and request or Event detail; whatever else it holds it shares with the draft, so that may be replaced only.
 */
final class DraftFields {
    /** Fields of a span. */
    static final int PARENT = of(Span.SCHEMA$, "parentSpanId");

    static final int TRACE = of(Span.SCHEMA$, "traceId");
    static final int OBJECT_SPAN = of(Span.SCHEMA$, "objectSpanId");
    static final int START = of(Span.SCHEMA$, "startMicros");
    private static final int OBJECT = of(Span.SCHEMA$, "object");
    private static final int DETAIL = of(Span.SCHEMA$, "detail");
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

    /** A copy on which every field named here can be set. */
    static Span copy(Span draft) {
        Span copy = fill(new Span(), draft);
        copy.put(OBJECT, fill(new ObjectIdentity(), draft.getObject()));
        if (draft.getDetail() instanceof RequestDetail request) {
            copy.put(DETAIL, fill(new RequestDetail(), request));
        } else if (draft.getDetail() instanceof EventDetail event) {
            copy.put(DETAIL, fill(new EventDetail(), event));
        }
        return copy;
    }

    private static <T extends SpecificRecord> T fill(T empty, T from) {
        int fields = from.getSchema().getFields().size();
        for (int i = 0; i < fields; i++) {
            empty.put(i, from.get(i));
        }
        return empty;
    }

    private static int of(Schema record, String name) {
        return record.getField(name).pos();
    }
}
