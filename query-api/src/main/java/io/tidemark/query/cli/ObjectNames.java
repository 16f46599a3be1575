package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Objects as people name them: {@code deployment.apps/checkout -n shop}. */
final class ObjectNames {
    private ObjectNames() {}

    /** Type and name, from an object's identity: {@code pod/checkout-abc}, {@code deployment.apps/checkout}. */
    static String of(JsonNode object) {
        String kind = object.path("kind").asText();
        String type = kind.isEmpty() ? object.path("resource").asText() : kind.toLowerCase(Locale.ROOT);
        String group = object.path("group").asText();
        String name = object.path("name").asText();
        return type + (group.isEmpty() ? "" : "." + group) + "/" + (name.isEmpty() ? "*" : name);
    }

    /** The same with the flags that name it exactly. */
    static String withFlags(JsonNode object, boolean withCluster) {
        String namespace = object.path("namespace").asText();
        return of(object)
                + (namespace.isEmpty() ? "" : " -n " + namespace)
                + (withCluster ? " -c " + object.path("cluster").asText() : "");
    }
}
