package io.tidemark.query.span;

/**
 * Which object spans are asked for.
 *
 * @param filter conditions on the object span itself
 * @param namePrefix what the name begins with; empty: any
 * @param fragment words of which each occurs in name, kind, resource, namespace, uid or a label, with room for a typo;
 *     empty: any. With a fragment the best match comes first, else the newest object.
 */
public record ObjectFilter(SpanFilter filter, String namePrefix, String fragment) {
    public static final ObjectFilter ALL = new ObjectFilter(SpanFilter.ALL, "", "");

    public static ObjectFilter of(SpanFilter filter) {
        return new ObjectFilter(filter, "", "");
    }
}
