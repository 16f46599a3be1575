package io.tidemark.audit.fact;

import io.tidemark.audit.diff.KindTable;
import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.ObjectIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The object a request is about, by name. Subresources belong to their parent; a Namespace is a cluster-scoped object
 * although the API server repeats its name as namespace; a create with generateName has its name from the answer.
 */
record ObjectName(
        String cluster, String group, String version, String resource, String kind, String namespace, String name) {

    static ObjectName of(String cluster, AuditRecord event) {
        Body answer = event.response;
        boolean object = answer != null && answer.hasMetadata && !answer.kind.equals("Status");
        String name = event.name;
        if (name.isEmpty() && event.verb.equals("create") && object && answer != null) {
            name = answer.name;
        }
        boolean namespaces = event.group.isEmpty() && event.resource.equals("namespaces");
        boolean bindings = event.group.isEmpty() && event.resource.equals("bindings");
        return new ObjectName(
                cluster,
                event.group,
                event.version,
                bindings ? "pods" : event.resource,
                KindTable.kindOf(event.group, bindings ? "pods" : event.resource)
                        .orElseGet(() -> kindOf(event, answer)),
                namespaces ? "" : event.namespace,
                name);
    }

    /** The kind of the object itself: subresources often answer another one. */
    private static String kindOf(AuditRecord event, @Nullable Body answer) {
        Body told = answer != null && isOwnKind(answer) ? answer : event.request;
        boolean plain = event.subresource.isEmpty() || event.subresource.equals("status");
        return told != null && plain && isOwnKind(told) && told.hasMetadata ? told.kind : "";
    }

    private static boolean isOwnKind(Body body) {
        return switch (body.kind) {
            case "Status", "PartialObjectMetadata", "DeleteOptions" -> false;
            default -> body.items == null;
        };
    }

    /** The same collection's object of another name. */
    ObjectName item(String itemNamespace, String itemName, String itemKind) {
        return new ObjectName(cluster, group, version, resource, itemKind, itemNamespace, itemName);
    }

    String key() {
        return String.join("/", cluster, group, resource, namespace, name);
    }

    ObjectIdentity identity(String uid) {
        return new ObjectIdentity(cluster, group, version, resource, kind, namespace, name, uid);
    }
}
