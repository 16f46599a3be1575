package io.tidemark.audit.fact;

import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.FailureCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of one audit.k8s.io/v1 Event that a trace is made of; texts are empty where the event has none. */
final class AuditRecord {
    final byte[] json;
    String level = "";
    String stage = "";
    String auditId = "";
    String verb = "";
    String uri = "";
    String user = "";
    List<String> groups = List.of();
    String impersonated = "";
    String impersonationConstraint = "";
    List<String> sourceIps = List.of();
    String userAgent = "";
    String resource = "";
    String group = "";
    String version = "";
    String namespace = "";
    String name = "";
    String subresource = "";
    String uid = "";
    String resourceVersion = "";
    int code;
    String reason = "";
    String message = "";
    String detailsUid = "";
    List<FailureCause> causes = List.of();
    Map<String, String> annotations = new TreeMap<>();

    @Nullable
    Body request;

    @Nullable
    Body response;

    AuditRecord(byte[] json) {
        this.json = json;
    }

    String annotation(String name) {
        return annotations.getOrDefault(name, "");
    }

    boolean truncated() {
        return annotation("audit.k8s.io/truncated").equals("true");
    }

    /** Annotations whose name begins so, without that beginning, in the order of their names. */
    List<Map.Entry<String, String>> annotationsUnder(String prefix) {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.add(Map.entry(name.substring(prefix.length()), value));
            }
        });
        return found;
    }
}
