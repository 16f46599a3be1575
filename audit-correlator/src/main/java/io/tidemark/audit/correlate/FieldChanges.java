package io.tidemark.audit.correlate;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tidemark.audit.diff.Changes;
import io.tidemark.audit.diff.DiffLimits;
import io.tidemark.audit.diff.FieldChange;
import io.tidemark.audit.diff.ObjectDiff;
import io.tidemark.audit.diff.RootType;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the difference of two states into a request's detail. */
final class FieldChanges {
    private static final ObjectDiff DIFF = new ObjectDiff(DiffLimits.DEFAULT);

    private FieldChanges() {}

    static void set(RequestDetail detail, ObjectIdentity object, byte @Nullable [] before, byte @Nullable [] after) {
        String apiVersion =
                object.getGroup().isEmpty() ? object.getVersion() : object.getGroup() + "/" + object.getVersion();
        Changes changes = DIFF.between(before, after, RootType.of(apiVersion, object.getKind()));
        List<Change> fields = new ArrayList<>(changes.fields().size());
        for (FieldChange change : changes.fields()) {
            fields.add(new Change(change.path(), change.beforeJson(), change.afterJson()));
        }
        detail.put(DraftFields.CHANGES, fields);
        detail.put(DraftFields.CHANGES_OMITTED, changes.omitted());
    }

    static String json(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
