package io.tidemark.query.span;

import java.util.List;
import java.util.Set;

/** One thing that a span has to fulfil to be found. */
public sealed interface Condition {

    /** The field has one of these values, compared literally. */
    record AnyOf(SpanField field, Set<String> values) implements Condition {
        public AnyOf {
            values = Set.copyOf(values);
        }
    }

    /** A request whose HTTP status code lies between the two, both included. */
    record CodeBetween(int from, int to) implements Condition {}

    /**
     * A request that changed a field at this path or below it. List elements may be named, as in
     * {@code spec.containers[name=web].image}, or left open, as in {@code spec.containers.image}.
     */
    record ChangedPath(String path) implements Condition {}

    /** A request whose user agent contains this text, whatever its case. */
    record UserAgentContains(String fragment) implements Condition {}

    /** Every word begins some word of the span's text: names, users, reasons, messages, changed values. */
    record Text(List<String> words) implements Condition {
        public Text {
            words = List.copyOf(words);
        }
    }

    /** The span touches this stretch of time. */
    record During(TimeRange range) implements Condition {}
}
