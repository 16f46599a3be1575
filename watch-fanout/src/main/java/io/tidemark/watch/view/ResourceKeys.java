package io.tidemark.watch.view;

import io.tidemark.kube.StoredObject;
import java.util.Map;

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
 * The folder of one of Kubernetes' own groups does not say which it is of, but for the two of extensions. Source: {@code pkg/kubeapiserver/default_storage_factory_builder.go} of kubernetes/kubernetes for its own groups, {@code
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

    private ResourceKeys() {}

    /** The folder of a resource, ending in a slash. Its group may be left out when it is one of Kubernetes' own. */
    static String folder(String resource) {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        if (StoredObject.isOwnGroup(group)) {
            return ROOT + FOLDERS.getOrDefault(plural, plural) + "/";
        }
        return ROOT + group + "/" + plural + "/";
    }
}
