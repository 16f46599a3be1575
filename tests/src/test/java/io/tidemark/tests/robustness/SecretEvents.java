package io.tidemark.tests.robustness;

import static io.tidemark.tests.robustness.Secrets.base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Audit events with a secret value in every place where an API server may put one. */
final class SecretEvents {
    /** What the platform is told to redact beside Secrets and tokens. */
    static final String PATHS = "configmaps:/data/hidden,deployments.apps:/spec/template/spec/containers/*/env/*/value";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Secrets secrets;
    private final String prefix;
    private final List<JsonNode> events = new ArrayList<>();
    private int version = 100;

    /** @param prefix of the names of all objects */
    SecretEvents(Secrets secrets, String prefix) {
        this.secrets = secrets;
        this.prefix = prefix;
    }

    /** All of them, and a ConfigMap with the value that is no secret. */
    List<JsonNode> all() {
        writes();
        patches();
        lists();
        tokens();
        configured();
        failures();
        ObjectNode open = object("ConfigMap", "open");
        open.putObject("data").put("shown", Secrets.canary());
        event("create", "configmaps", "open", open, stored(open));
        return events;
    }

    /** A Secret with a value, the same value in another Secret, and then another value. */
    List<JsonNode> sameTwiceThenAnother(String value, String other) {
        ObjectNode first = object("Secret", "first");
        first.putObject("data").put("password", base64(value));
        event("create", "secrets", "first", first, stored(first));
        ObjectNode second = object("Secret", "second");
        second.putObject("data").put("password", base64(value));
        event("create", "secrets", "second", second, stored(second));
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("stringData").put("password", other);
        second.putObject("data").put("password", base64(other));
        event("patch", "secrets", "second", patch, stored(second));
        return events;
    }

    private void writes() {
        ObjectNode data = object("Secret", "data");
        data.putObject("data").put("password", base64(secrets.next()));
        event("create", "secrets", "data", data, stored(data));

        ObjectNode text = object("Secret", "text");
        text.putObject("stringData").put("password", secrets.next());
        ObjectNode kept = object("Secret", "text");
        kept.putObject("data").put("password", base64(secrets.next()));
        event("create", "secrets", "text", text, stored(kept));
        kept.putObject("data").put("password", base64(secrets.next()));
        event("update", "secrets", "text", kept, stored(kept));

        ObjectNode applied = object("Secret", "applied");
        ((ObjectNode) applied.path("metadata")).putObject("annotations").put(APPLIED, copy("Secret", "applied"));
        applied.putObject("data").put("password", base64(secrets.next()));
        event("patch", "secrets", "applied", applied, stored(applied));
        event("get", "secrets", "applied", null, stored(applied));
        event("delete", "secrets", "applied", null, stored(applied));
    }

    private void patches() {
        ObjectNode stored = object("Secret", "patched");
        stored.putObject("data").put("password", base64(secrets.next()));
        event("create", "secrets", "patched", stored, stored(stored));
        ObjectNode merge = JSON.createObjectNode();
        merge.putObject("data").put("password", base64(secrets.next()));
        event("patch", "secrets", "patched", merge, stored(stored));
        ObjectNode strategic = JSON.createObjectNode();
        strategic.putObject("stringData").put("more", secrets.next());
        event("patch", "secrets", "patched", strategic, stored(stored));
        ObjectNode misspelt = JSON.createObjectNode();
        misspelt.putObject("stringdata").put("password", secrets.next());
        event("patch", "secrets", "patched", misspelt, stored(stored));
        ArrayNode operations = JSON.createArrayNode();
        operations.addObject().put("op", "test").put("path", "/data/password").put("value", base64(secrets.next()));
        operations
                .addObject()
                .put("op", "replace")
                .put("path", "/data/password")
                .put("value", base64(secrets.next()));
        operations.addObject().put("op", "add").put("path", "/stringData/other").put("value", secrets.next());
        operations
                .addObject()
                .put("op", "add")
                .put("path", "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration")
                .put("value", copy("Secret", "patched"));
        ObjectNode whole = object("Secret", "patched");
        whole.putObject("stringData").put("password", secrets.next());
        operations.addObject().put("op", "replace").put("path", "").set("value", whole);
        event("patch", "secrets", "patched", operations, stored(stored));
    }

    private void lists() {
        ObjectNode item = object("Secret", "item");
        item.remove(List.of("kind", "apiVersion")); // items of lists have none
        item.putObject("data").put("password", base64(secrets.next()));
        ObjectNode list = JSON.createObjectNode().put("kind", "SecretList").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items").add(item);
        event("list", "secrets", "", null, list);
        event("deletecollection", "secrets", "", null, list);
        ObjectNode table = JSON.createObjectNode().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        ObjectNode shown = object("Secret", "row");
        shown.putObject("data").put("password", base64(secrets.next()));
        table.putArray("rows").addObject().set("object", shown);
        event("list", "secrets", "", null, table);
    }

    private void tokens() {
        ObjectNode issued =
                JSON.createObjectNode().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        issued.putObject("status").put("token", secrets.next());
        event("create", "serviceaccounts", "robot", null, issued);
        ((ObjectNode) events.getLast().path("objectRef")).put("subresource", "token");
        ObjectNode review =
                JSON.createObjectNode().put("kind", "TokenReview").put("apiVersion", "authentication.k8s.io/v1");
        review.putObject("spec").put("token", secrets.next());
        event("create", "tokenreviews", "", review, review);
        ((ObjectNode) events.getLast().path("objectRef")).put("apiGroup", "authentication.k8s.io");
    }

    private void configured() {
        ObjectNode map = object("ConfigMap", "map");
        map.putObject("data").put("hidden", secrets.next());
        ((ObjectNode) map.path("metadata")).putObject("annotations").put(APPLIED, copy("ConfigMap", "map"));
        event("create", "configmaps", "map", map, stored(map));
        ArrayNode operations = JSON.createArrayNode();
        operations.addObject().put("op", "add").put("path", "/data/hidden").put("value", secrets.next());
        operations
                .addObject()
                .put("op", "add")
                .put("path", "/data")
                .putObject("value")
                .put("hidden", secrets.next());
        event("patch", "configmaps", "map", operations, stored(map));
        ObjectNode list = JSON.createObjectNode().put("kind", "ConfigMapList").put("apiVersion", "v1");
        list.putArray("items").add(map);
        event("deletecollection", "configmaps", "", null, list);

        ObjectNode deployment = object("Deployment", "web").put("apiVersion", "apps/v1");
        ObjectNode container = deployment
                .putObject("spec")
                .putObject("template")
                .putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", "web");
        container.putArray("env").addObject().put("name", "PASSWORD").put("value", secrets.next());
        event("create", "deployments", "web", deployment, stored(deployment));
        ((ObjectNode) events.getLast().path("objectRef")).put("apiGroup", "apps");
    }

    private void failures() {
        String value = secrets.next();
        ObjectNode refused = object("Secret", "refused");
        refused.putObject("data").put("password", value);
        String message = "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data in " + value;
        ObjectNode status = JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", "BadRequest")
                .put("code", 400);
        event("create", "secrets", "refused", refused, status);
        ((ObjectNode) events.getLast()).set("responseStatus", status);
        oddities();
    }

    /** A webhook's patch in an annotation, and an event that is rejected. */
    private void oddities() {
        ObjectNode admitted = object("Secret", "admitted");
        admitted.putObject("data").put("password", base64(secrets.next()));
        event("create", "secrets", "admitted", admitted, stored(admitted));
        ((ObjectNode) events.getLast())
                .putObject("annotations")
                .put(
                        "patch.webhook.admission.k8s.io/round_0_index_0",
                        "{\"configuration\":\"c\",\"webhook\":\"w\",\"patch\":[{\"op\":\"add\",\"path\":\"/data/x\",\"value\":\""
                                + base64(secrets.next()) + "\"}],\"patchType\":\"JSONPatch\"}");
        ObjectNode stageless = object("Secret", "stageless");
        stageless.putObject("data").put("password", base64(secrets.next()));
        event("create", "secrets", "stageless", stageless, stored(stageless));
        ((ObjectNode) events.getLast()).remove("stage");
    }

    /** What {@code kubectl apply} leaves in the annotation. */
    private String copy(String kind, String name) {
        ObjectNode copy = object(kind, name);
        copy.putObject("data").put("password", base64(secrets.next()));
        copy.putObject("stringData").put("hidden", secrets.next());
        return copy.toString();
    }

    private ObjectNode object(String kind, String name) {
        ObjectNode object = JSON.createObjectNode().put("kind", kind).put("apiVersion", "v1");
        object.putObject("metadata").put("name", prefix + name).put("namespace", "vault");
        return object;
    }

    /** The object as the API server stores it. */
    private ObjectNode stored(ObjectNode object) {
        ObjectNode stored = object.deepCopy();
        stored.remove("stringData");
        ObjectNode metadata = (ObjectNode) stored.path("metadata");
        metadata.put("uid", "uid-" + metadata.path("name").asText())
                .put("resourceVersion", Integer.toString(++version));
        return stored;
    }

    private void event(String verb, String resource, String name, JsonNode request, JsonNode response) {
        Instant time = Instant.parse("2026-11-23T09:00:00.000001Z").plusMillis(20L * events.size());
        ObjectNode event = read("""
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","stage":"ResponseComplete",
                 "user":{"username":"carol"},"userAgent":"kubectl","sourceIPs":["10.0.0.1"],
                 "responseStatus":{"metadata":{},"code":200}}""");
        event.put("auditID", prefix + "audit-" + events.size())
                .put("verb", verb)
                .put("requestURI", "/api/v1/namespaces/vault/" + resource + (name.isEmpty() ? "" : "/" + prefix + name))
                .put("requestReceivedTimestamp", time.toString())
                .put("stageTimestamp", time.plusMillis(5).toString());
        ObjectNode reference = event.putObject("objectRef")
                .put("resource", resource)
                .put("namespace", "vault")
                .put("apiVersion", "v1");
        if (!name.isEmpty()) {
            reference.put("name", prefix + name);
        }
        if (request != null) {
            event.set("requestObject", request.deepCopy());
        }
        if (response != null) {
            event.set("responseObject", response.deepCopy());
        }
        events.add(event);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
