package io.tidemark.kube;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an object is told apart by.
 *
 * @param apiVersion {@code v1} or {@code apps/v1}, as it is stored
 * @param kind kind
 * @param namespace namespace; empty for objects that live in none
 * @param name name
 * @param labels labels, in the order in which they are stored
 */
public record ObjectIdentity(
        String apiVersion, String kind, String namespace, String name, Map<String, String> labels) {
    public ObjectIdentity {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
