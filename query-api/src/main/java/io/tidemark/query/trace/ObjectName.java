package io.tidemark.query.trace;

import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.schema.audit.SpanKind;

/**
 * An object by name; several incarnations may have had it.
 *
 * @param group empty: core
 * @param namespace empty: cluster-scoped
 */
public record ObjectName(String cluster, String group, String resource, String namespace, String name) {

    /** The object spans of this name. */
    public SpanFilter incarnations() {
        return SpanFilter.ALL
                .and(SpanField.KIND, SpanKind.OBJECT.name())
                .and(SpanField.NAME, name)
                .and(SpanField.RESOURCE, resource)
                .and(SpanField.NAMESPACE, namespace)
                .and(SpanField.GROUP, group)
                .and(SpanField.CLUSTER, cluster);
    }
}
