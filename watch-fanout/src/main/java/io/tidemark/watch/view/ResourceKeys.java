package io.tidemark.watch.view;

import java.util.Map;
import java.util.Set;

/**
 * Where kube-apiserver keeps the objects of a resource, when it is started with its own {@code --etcd-prefix}:
 *
 * <pre>
 *   pods                       /registry/pods/NAMESPACE/NAME
 *   nodes                      /registry/minions/NAME
 *   deployments.apps           /registry/deployments/NAMESPACE/NAME
 *   widgets.example.com        /registry/example.com/widgets/NAMESPACE/NAME
 * </pre>
 *
 * Source: {@code pkg/kubeapiserver/default_storage_factory_builder.go} of kubernetes/kubernetes for its own groups, {@code
 * SimpleStorageFactory} of kubernetes/apiserver for all others.
 */
final class ResourceKeys {
    private static final String ROOT = "/registry/";

    /** Those whose folder is not their name. */
    private static final Map<String, String> FOLDERS = Map.of(
            "nodes", "minions",
            "services", "services/specs",
            "endpoints", "services/endpoints",
            "replicationcontrollers", "controllers",
            "ingresses", "ingress",
            "customresourcedefinitions", "apiextensions.k8s.io/customresourcedefinitions",
            "apiservices", "apiregistration.k8s.io/apiservices");

    /** Groups whose name is not part of the folder; the two of extensions above are kept with it all the same. */
    private static final Set<String> OWN_GROUPS = Set.of(
            "apps",
            "autoscaling",
            "batch",
            "policy",
            "extensions",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "internal.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io",
            "storagemigration.k8s.io");

    private ResourceKeys() {}

    /** The folder of a resource, ending in a slash. Its group may be left out when it is one of Kubernetes' own. */
    static String folder(String resource) {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        if (group.isEmpty() || OWN_GROUPS.contains(group)) {
            return ROOT + FOLDERS.getOrDefault(plural, plural) + "/";
        }
        return ROOT + group + "/" + plural + "/";
    }
}
