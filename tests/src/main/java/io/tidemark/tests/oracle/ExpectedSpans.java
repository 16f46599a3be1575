package io.tidemark.tests.oracle;

import io.tidemark.schema.audit.Effect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the span set of an audit log must be.
 *
 * @param cluster cluster name
 * @param requests one per distinct mutating request or session in scope
 * @param items one per object in the answer of a deletecollection
 * @param links every ownerReference seen on a stored object
 * @param occurrences every (Event uid, count) that was written
 * @param outOfScope how many finished requests were left out, by reason
 * @param uidsByObject every uid under which an object was seen to exist
 */
public record ExpectedSpans(
        String cluster,
        List<Request> requests,
        List<Item> items,
        Set<Link> links,
        Set<Occurrence> occurrences,
        SortedMap<String, Integer> outOfScope,
        Map<ObjectName, Set<String>> uidsByObject) {

    /** Name of an object; the group of core is empty, the namespace of cluster-scoped objects too. */
    public record ObjectName(String group, String resource, String namespace, String name) {
        @Override
        public String toString() {
            return (group.isEmpty() ? "core" : group) + "/" + resource + "/" + (namespace.isEmpty() ? "-" : namespace)
                    + "/" + name;
        }
    }

    /** What makes a request distinct. */
    public record RequestKey(String auditId, long receivedMicros, String verb, String uri) {
        @Override
        public String toString() {
            return verb + " " + auditId;
        }
    }

    /**
     * One request.
     *
     * @param uid incarnation; empty when the audit log does not decide it
     * @param effect what it did
     * @param resourceVersion what it wrote; empty when nothing, or when the audit log does not show it
     * @param caller the user, followed by "as" and the impersonated one if there is one
     * @param wantedBy uid of the controller that a refused creation without a name names as its owner; empty otherwise
     */
    public record Request(
            RequestKey key,
            int code,
            ObjectName object,
            String uid,
            Effect effect,
            String resourceVersion,
            String caller,
            String wantedBy) {}

    /** One object of a deletecollection; the version is the one read before the deletion. */
    public record Item(String auditId, ObjectName object, String uid, String resourceVersion, Effect effect) {}

    /** One ownerReference. */
    public record Link(String childUid, String ownerUid, boolean controller) {}

    /** One occurrence of a Kubernetes Event and what it is about. */
    public record Occurrence(
            String eventUid, int count, String subjectKind, String subjectNamespace, String subjectName) {}
}
