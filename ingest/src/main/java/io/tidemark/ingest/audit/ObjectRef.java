package io.tidemark.ingest.audit;

/**
 * What a request was about: objectRef of the event, all fields empty for non-resource URLs. The name of a create with
 * generateName comes from the response.
 */
public record ObjectRef(String group, String resource, String namespace, String name, String subresource) {
    static final ObjectRef NONE = new ObjectRef("", "", "", "", "");
}
