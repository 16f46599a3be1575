package io.tidemark.query.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes' own types by each name that kubectl takes for them: plural, singular, kind, short names. The audit log has
 * plurals only; types that are not here are asked of the server.
 */
final class KnownTypes {
    /** @param group empty: core */
    record Type(String resource, String group) {}

    /** Plural, group, further names: kubectl api-resources of Kubernetes 1.36. */
    private static final List<List<String>> NAMES = List.of(
            List.of("configmaps", "", "configmap", "cm"),
            List.of("endpoints", "", "ep"),
            List.of("events", "", "event", "ev"),
            List.of("limitranges", "", "limitrange", "limits"),
            List.of("namespaces", "", "namespace", "ns"),
            List.of("nodes", "", "node", "no"),
            List.of("persistentvolumeclaims", "", "persistentvolumeclaim", "pvc"),
            List.of("persistentvolumes", "", "persistentvolume", "pv"),
            List.of("pods", "", "pod", "po"),
            List.of("podtemplates", "", "podtemplate"),
            List.of("replicationcontrollers", "", "replicationcontroller", "rc"),
            List.of("resourcequotas", "", "resourcequota", "quota"),
            List.of("secrets", "", "secret"),
            List.of("serviceaccounts", "", "serviceaccount", "sa"),
            List.of("services", "", "service", "svc"),
            List.of("controllerrevisions", "apps", "controllerrevision"),
            List.of("daemonsets", "apps", "daemonset", "ds"),
            List.of("deployments", "apps", "deployment", "deploy"),
            List.of("replicasets", "apps", "replicaset", "rs"),
            List.of("statefulsets", "apps", "statefulset", "sts"),
            List.of("cronjobs", "batch", "cronjob", "cj"),
            List.of("jobs", "batch", "job"),
            List.of("horizontalpodautoscalers", "autoscaling", "horizontalpodautoscaler", "hpa"),
            List.of("poddisruptionbudgets", "policy", "poddisruptionbudget", "pdb"),
            List.of("ingresses", "networking.k8s.io", "ingress", "ing"),
            List.of("ingressclasses", "networking.k8s.io", "ingressclass"),
            List.of("networkpolicies", "networking.k8s.io", "networkpolicy", "netpol"),
            List.of("endpointslices", "discovery.k8s.io", "endpointslice"),
            List.of("clusterrolebindings", "rbac.authorization.k8s.io", "clusterrolebinding"),
            List.of("clusterroles", "rbac.authorization.k8s.io", "clusterrole"),
            List.of("rolebindings", "rbac.authorization.k8s.io", "rolebinding"),
            List.of("roles", "rbac.authorization.k8s.io", "role"),
            List.of("priorityclasses", "scheduling.k8s.io", "priorityclass", "pc"),
            List.of("storageclasses", "storage.k8s.io", "storageclass", "sc"),
            List.of("volumeattachments", "storage.k8s.io", "volumeattachment"),
            List.of("customresourcedefinitions", "apiextensions.k8s.io", "customresourcedefinition", "crd", "crds"),
            List.of("apiservices", "apiregistration.k8s.io", "apiservice"),
            List.of("certificatesigningrequests", "certificates.k8s.io", "certificatesigningrequest", "csr"),
            List.of("leases", "coordination.k8s.io", "lease"),
            List.of("mutatingwebhookconfigurations", "admissionregistration.k8s.io", "mutatingwebhookconfiguration"),
            List.of(
                    "validatingwebhookconfigurations",
                    "admissionregistration.k8s.io",
                    "validatingwebhookconfiguration"));

    private static final Map<String, Type> BY_NAME = byName();

    private KnownTypes() {}

    /** By any name, whatever its case, alone or with its group: {@code deploy}, {@code deployments.apps}. */
    static Optional<Type> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Type> byName() {
        Map<String, Type> types = new HashMap<>();
        for (List<String> names : NAMES) {
            Type type = new Type(names.get(0), names.get(1));
            for (int i = 0; i < names.size(); i++) {
                if (i != 1) {
                    types.put(names.get(i), type);
                    types.put(names.get(i) + "." + type.group(), type);
                }
            }
        }
        return Map.copyOf(types);
    }
}
