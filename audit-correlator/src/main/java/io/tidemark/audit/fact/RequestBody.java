package io.tidemark.audit.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.audit.fact.BodyReader.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * What the request itself asked for, beyond its verb.
 *
 * @param dryRun nothing was to be stored
 * @param patchType json, apply, merge-or-strategic; empty for other verbs
 * @param base resourceVersion that the request insists on; empty when it insists on none
 * @param node node of a binding; empty otherwise
 * @param target see {@code RequestDetail.target}
 */
record RequestBody(boolean dryRun, String patchType, String base, String node, String target) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RequestBody of(AuditRecord event) {
        boolean dryRun = RequestUri.parameter(event.uri, "dryRun").equals("All");
        String patchType = event.verb.equals("patch") ? patchType(event) : "";
        String base = event.resourceVersion;
        Body body = event.request;
        if (body == null) {
            return new RequestBody(dryRun, patchType, base, "", execTarget(event));
        }
        if (event.verb.equals("patch") && !body.resourceVersion.isEmpty()) {
            base = body.resourceVersion;
        }
        return switch (event.verb) {
            case "delete", "deletecollection" -> ofDeletion(tree(event, body), dryRun, base);
            case "create" -> ofSubresource(event, body, dryRun, base);
            default ->
                new RequestBody(
                        dryRun, patchType, base, "", event.subresource.equals("scale") ? scaleTarget(event, body) : "");
        };
    }

    private static RequestBody ofDeletion(JsonNode options, boolean dryRunInUri, String base) {
        boolean dryRun = dryRunInUri || isDryRun(options);
        String insisted = options.path("preconditions").path("resourceVersion").asText("");
        return new RequestBody(dryRun, "", insisted.isEmpty() ? base : insisted, "", deletionTarget(options));
    }

    private static RequestBody ofSubresource(AuditRecord event, Body body, boolean dryRunInUri, String base) {
        return switch (event.subresource) {
            case "binding" -> {
                String node = tree(event, body).path("target").path("name").asText("");
                yield new RequestBody(dryRunInUri, "", base, node, "node=" + node);
            }
            case "eviction" -> {
                JsonNode options = tree(event, body).path("deleteOptions");
                yield new RequestBody(dryRunInUri || isDryRun(options), "", base, "", deletionTarget(options));
            }
            default -> new RequestBody(dryRunInUri, "", base, "", "");
        };
    }

    private static boolean isDryRun(JsonNode options) {
        return options.path("dryRun").isArray() && !options.path("dryRun").isEmpty();
    }

    private static String deletionTarget(JsonNode options) {
        StringJoiner target = new StringJoiner(" ");
        for (String name : new String[] {"propagationPolicy", "gracePeriodSeconds"}) {
            if (options.hasNonNull(name)) {
                target.add(name + "=" + options.get(name).asText());
            }
        }
        return target.toString();
    }

    private static String scaleTarget(AuditRecord event, Body body) {
        JsonNode replicas = tree(event, body).path("spec").path("replicas");
        return replicas.isMissingNode() ? "" : "replicas=" + replicas.asText();
    }

    private static String execTarget(AuditRecord event) {
        if (!event.subresource.equals("exec")) {
            return "";
        }
        return "container=" + RequestUri.parameter(event.uri, "container") + " command="
                + RequestUri.parameter(event.uri, "command");
    }

    /** The log does not record the patch type; an array can only be a JSON patch, and an apply names its manager. */
    private static String patchType(AuditRecord event) {
        Body body = event.request;
        if (body == null) {
            return "";
        }
        if (body.array) {
            return "json";
        }
        boolean apply = !body.apiVersion.isEmpty()
                && !body.kind.isEmpty()
                && !RequestUri.parameter(event.uri, "fieldManager").isEmpty();
        return apply ? "apply" : "merge-or-strategic";
    }

    /** The request body as JSON text without managedFields, cut at a bound. */
    static String text(AuditRecord event, int maxBytes) {
        Body body = event.request;
        if (body == null) {
            return "";
        }
        byte[] slim = body.slim(event.json);
        return slim.length <= maxBytes
                ? new String(slim, StandardCharsets.UTF_8)
                : new String(Arrays.copyOf(slim, maxBytes), StandardCharsets.UTF_8) + "… (" + slim.length + " bytes)";
    }

    static JsonNode tree(AuditRecord event, Body body) {
        try {
            return JSON.readTree(event.json, body.start, body.end - body.start);
        } catch (IOException e) {
            return MissingNode.getInstance(); // read once already as part of the event: cannot happen on sound bytes
        }
    }
}
