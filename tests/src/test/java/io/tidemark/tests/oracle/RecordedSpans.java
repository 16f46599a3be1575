package io.tidemark.tests.oracle;

import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.util.List;

/** What the correlator makes of the recorded cluster's audit log. */
public final class RecordedSpans {
    private RecordedSpans() {}

    /** The spans that a store holds in the end. */
    public static List<Span> latest() throws IOException {
        return List.copyOf(
                SpanSetCheck.latest(CorrelatedLog.spans(ShopRecording.CLUSTER, AuditLog.read(ShopRecording.audit()))));
    }
}
