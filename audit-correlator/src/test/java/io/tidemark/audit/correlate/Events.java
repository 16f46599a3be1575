package io.tidemark.audit.correlate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.audit.AuditEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Builds audit events for one ConfigMap-like or Pod-like object, a second apart. */
final class Events {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final String resource;
    private final String name;
    private int second;

    Events(String resource, String name) {
        this.resource = resource;
        this.name = name;
    }

    Request request(String verb, int code) {
        second++;
        ObjectNode event = JSON.createObjectNode();
        Instant received = START.plusSeconds(second);
        event.put("kind", "Event")
                .put("apiVersion", "audit.k8s.io/v1")
                .put("level", "RequestResponse")
                .put("auditID", "audit-" + second)
                .put("stage", "ResponseComplete")
                .put("requestURI", "/api/v1/namespaces/shop/" + resource + "/" + name)
                .put("verb", verb)
                .put("userAgent", "test")
                .put("requestReceivedTimestamp", received.toString())
                .put("stageTimestamp", received.plusMillis(10).toString());
        event.putObject("user").put("username", "alice");
        event.putObject("objectRef")
                .put("resource", resource)
                .put("namespace", "shop")
                .put("name", name)
                .put("apiVersion", "v1");
        event.putObject("responseStatus").put("code", code);
        return new Request(event);
    }

    /** Object JSON: kind, uid, version and further members of metadata and of the object, as JSON texts. */
    static String object(String kind, String uid, long version, String metadata, String members) {
        return """
                {"kind":"%s","apiVersion":"v1","metadata":{"name":"x","namespace":"shop","uid":"%s",\
                "resourceVersion":"%d","creationTimestamp":"2026-11-23T08:00:01Z"%s}%s}""".formatted(kind, uid, version, metadata, members);
    }

    static String configMap(long version, String metadata, String value) {
        return object("ConfigMap", "uid-1", version, metadata, ",\"data\":{\"a\":\"" + value + "\"}");
    }

    static String status(String uid) {
        return """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"uid":"%s"}}""".formatted(uid);
    }

    /** One event under construction. */
    static final class Request {
        private final ObjectNode event;

        private Request(ObjectNode event) {
            this.event = event;
        }

        Request answers(String json) {
            event.set("responseObject", tree(json));
            if (event.at("/responseObject/kind").asText().equals("Status")) {
                event.withObjectProperty("responseStatus")
                        .setAll((ObjectNode) tree(json).without(java.util.List.of("kind", "apiVersion", "metadata")));
            }
            return this;
        }

        Request asks(String json) {
            event.set("requestObject", tree(json));
            return this;
        }

        Request on(String subresource) {
            event.withObjectProperty("objectRef").put("subresource", subresource);
            return this;
        }

        Request base(long version) {
            event.withObjectProperty("objectRef").put("resourceVersion", Long.toString(version));
            return this;
        }

        Request with(String member, String value) {
            event.put(member, value);
            return this;
        }

        Request unnamed() {
            event.withObjectProperty("objectRef").remove("name");
            return this;
        }

        String auditId() {
            return event.path("auditID").asText();
        }

        AuditEvent event() {
            return Recording.event(event.toString());
        }

        private static ObjectNode tree(String json) {
            try {
                return (ObjectNode) JSON.readTree(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
