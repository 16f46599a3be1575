package io.tidemark.query.trace;

import io.tidemark.schema.audit.Span;
import java.util.List;

/**
 * The answer to "what happened to this object".
 *
 * @param object the incarnation asked for
 * @param incarnations every known incarnation of the name, oldest first
 * @param root topmost row
 * @param spanCount spans in the answer, object spans included
 * @param objectCount objects in the answer
 * @param spansOmitted spans in the time asked for that are left out because of a limit; the oldest ones
 * @param objectsOmitted directly related objects that are left out because of a limit
 * @param explanation what the spans say together
 */
public record Trace(
        Span object,
        List<Span> incarnations,
        TraceNode root,
        int spanCount,
        int objectCount,
        long spansOmitted,
        long objectsOmitted,
        Explanation explanation) {
    public Trace {
        incarnations = List.copyOf(incarnations);
    }
}
