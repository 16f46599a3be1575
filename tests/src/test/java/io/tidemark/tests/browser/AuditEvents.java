package io.tidemark.tests.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Audit events of one object, as an API server would write them at level RequestResponse. */
final class AuditEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kind;
    private final String resource;
    private final String name;
    private final String uid = UUID.randomUUID().toString();
    private Instant time;
    private int version;

    /**
     * An object of the core group in the namespace {@code made}.
     *
     * @param kind ConfigMap or Secret
     * @param begin time of the first event
     */
    AuditEvents(String kind, String name, Instant begin) {
        this.kind = kind;
        this.resource = kind.toLowerCase(java.util.Locale.ROOT) + "s";
        this.name = name;
        this.time = begin.truncatedTo(ChronoUnit.MICROS);
        this.version = 1_000;
    }

    /** The object is created with this data. */
    ObjectNode create(Map<String, String> data) {
        ObjectNode event = event("create", "/api/v1/namespaces/made/" + resource, 201);
        event.set("requestObject", object(data, false));
        event.set("responseObject", object(data, true));
        return event;
    }

    /** The object is replaced by one with this data. */
    ObjectNode update(Map<String, String> data) {
        ObjectNode request = object(data, true);
        ObjectNode event = event("update", "/api/v1/namespaces/made/" + resource + "/" + name, 200);
        event.set("requestObject", request);
        event.set("responseObject", object(data, true));
        return event;
    }

    private ObjectNode event(String verb, String uri, int code) {
        time = time.plusMillis(10);
        version++;
        ObjectNode event = JSON.createObjectNode()
                .put("kind", "Event")
                .put("apiVersion", "audit.k8s.io/v1")
                .put("level", "RequestResponse")
                .put("auditID", UUID.randomUUID().toString())
                .put("stage", "ResponseComplete")
                .put("requestURI", uri)
                .put("verb", verb)
                .put("userAgent", "kubectl/v1.37.2 (linux/amd64)")
                .put("requestReceivedTimestamp", time.toString())
                .put("stageTimestamp", time.plusMillis(2).toString());
        event.putObject("user").put("username", "gina").putArray("groups").add("system:authenticated");
        event.putArray("sourceIPs").add("192.0.2.7");
        event.putObject("objectRef")
                .put("resource", resource)
                .put("namespace", "made")
                .put("name", name)
                .put("apiVersion", "v1");
        event.putObject("responseStatus").put("code", code);
        return event;
    }

    private ObjectNode object(Map<String, String> data, boolean stored) {
        ObjectNode object = JSON.createObjectNode().put("kind", kind).put("apiVersion", "v1");
        ObjectNode meta = object.putObject("metadata").put("name", name).put("namespace", "made");
        if (stored) {
            meta.put("uid", uid)
                    .put("resourceVersion", Integer.toString(version))
                    .put("creationTimestamp", "2026-11-24T10:00:00Z");
        }
        ObjectNode values = object.putObject("data");
        new TreeMap<>(data).forEach(values::put); // Go's encoding/json sorts the keys of a map
        return object;
    }
}
