package io.tidemark.watch.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.kube.StoredObject.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Kubernetes' Secrets, whose contents nobody is shown here. */
final class Secrets {
    static final String KIND = "Secret";

    /** What stands in place of what is not shown. */
    private static final String MARK = "(masked)";

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Secrets() {}

    static boolean isOne(Decoded object) {
        return object.kind().equals(KIND) && object.apiVersion().equals("v1");
    }

    /** Its JSON, without what it holds and the copy of it that kubectl leaves in an annotation. */
    static String masked(Decoded secret) {
        try {
            JsonNode tree = Content.MAPPER.readTree(secret.json());
            for (JsonNode values : List.of(tree.path("data"), tree.path("stringData"))) {
                if (values instanceof ObjectNode object) {
                    object.properties().forEach(member -> member.setValue(TextNode.valueOf(MARK)));
                }
            }
            if (tree.path("metadata").path("annotations") instanceof ObjectNode annotations
                    && annotations.has(LAST_APPLIED)) {
                annotations.put(LAST_APPLIED, MARK);
            }
            return tree.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("an object that was decoded is JSON", e);
        }
    }
}
