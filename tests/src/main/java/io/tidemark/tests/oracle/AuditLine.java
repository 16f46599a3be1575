package io.tidemark.tests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import io.tidemark.tests.oracle.ExpectedSpans.RequestKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** One audit event as it stands in the log: plain reading, no conclusions from other events. */
record AuditLine(JsonNode tree) {
    private static final Set<String> MUTATING = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> SESSIONS = Set.of("exec", "attach", "portforward", "proxy", "log");

    String verb() {
        return tree.path("verb").asText();
    }

    String subresource() {
        return reference().path("subresource").asText();
    }

    int code() {
        return tree.path("responseStatus").path("code").asInt();
    }

    JsonNode reference() {
        return tree.path("objectRef");
    }

    JsonNode answer() {
        return tree.path("responseObject");
    }

    String answerKind() {
        return answer().path("kind").asText();
    }

    boolean finished() {
        String stage = tree.path("stage").asText();
        return stage.equals("ResponseComplete") || stage.equals("Panic");
    }

    boolean session() {
        return SESSIONS.contains(subresource());
    }

    boolean mutating() {
        return MUTATING.contains(verb());
    }

    boolean succeeded() {
        return code() >= 200 && code() < 300;
    }

    boolean aboutEvents() {
        String group = reference().path("apiGroup").asText();
        return resource().equals("events") && (group.isEmpty() || group.equals("events.k8s.io"));
    }

    /** Why this event is out of scope; empty when it is in scope. */
    String outOfScope() {
        if (aboutEvents() && mutating()) {
            return "events";
        }
        if (resource().equals("leases") && reference().path("apiGroup").asText().equals("coordination.k8s.io")) {
            return "leases";
        }
        if (resource().equals("tokenreviews") || resource().endsWith("subjectaccessreviews")) {
            return "reviews";
        }
        return mutating() || session() ? "" : "reads";
    }

    String resource() {
        return reference().path("resource").asText();
    }

    RequestKey key() {
        return new RequestKey(
                tree.path("auditID").asText(),
                micros("requestReceivedTimestamp"),
                verb(),
                tree.path("requestURI").asText());
    }

    /** Time of a member, microseconds since the epoch. */
    long micros(String member) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, Instant.parse(tree.path(member).asText()));
    }

    /** The stored object in the answer; missing for Status, lists, tokens, hidden bodies and Scale. */
    JsonNode stored() {
        String kind = answerKind();
        boolean object = !kind.isEmpty() && !kind.equals("Status") && !kind.endsWith("List");
        return object && answer().has("metadata") ? answer() : MissingNode.getInstance();
    }

    boolean dryRun() {
        String uri = tree.path("requestURI").asText();
        return uri.contains("?dryRun=")
                || uri.contains("&dryRun=")
                || !tree.path("requestObject").path("dryRun").isEmpty();
    }

    String caller() {
        String user = tree.at("/user/username").asText();
        String as = tree.at("/impersonatedUser/username").asText();
        return as.isEmpty() ? user : user + " as " + as;
    }

    /** Of a creation that was refused before it had a name: the controller that its body names as owner. */
    String wantedBy(ObjectName object) {
        if (object.name().isEmpty() && verb().equals("create") && !succeeded()) {
            for (JsonNode owner : tree.at("/requestObject/metadata/ownerReferences")) {
                if (owner.path("controller").asBoolean()) {
                    return owner.path("uid").asText();
                }
            }
        }
        return "";
    }

    ObjectName object() {
        JsonNode meta = stored().path("metadata");
        String name = reference().path("name").asText();
        String namespace = reference().path("namespace").asText();
        String group = reference().path("apiGroup").asText();
        boolean namespaces = resource().equals("namespaces") && group.isEmpty();
        return new ObjectName(
                group,
                resource(),
                namespaces ? "" : namespace,
                name.isEmpty() ? meta.path("name").asText() : name);
    }

    /** The uid that this event states, from the answer, the reference or a deletion's Status. */
    String statedUid() {
        if (dryRun() && verb().equals("create")) {
            return ""; // a dry run answers a uid that nothing ever had
        }
        String uid = stored().path("metadata").path("uid").asText();
        if (uid.isEmpty() && answerKind().equals("Status") && succeeded() && verb().equals("delete")) {
            uid = answer().path("details").path("uid").asText();
        }
        return uid.isEmpty() ? reference().path("uid").asText() : uid;
    }
}
