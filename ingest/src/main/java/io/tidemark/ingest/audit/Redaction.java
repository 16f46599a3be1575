package io.tidemark.ingest.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secret values out of events before they reach the log and puts keyed hashes in their place: the data of
 * Secrets, issued and reviewed tokens, and what further rules name. Only events that a rule applies to are parsed
 * again and written anew; all others pass byte for byte. Safe for use by many threads.
 *
 * <p>Bodies of other kinds that embed a secret, such as a password in the env of a Pod, are kept unless a rule names
 * the place.
 */
public final class Redaction {
    private static final List<RedactionRule> TOKENS = List.of(
            RedactionRule.parse("serviceaccounts/token:/status/token"),
            RedactionRule.parse("tokenreviews.authentication.k8s.io:/spec/token"));
    /** Annotations of events that hold no part of a body; those of webhooks and policies may hold anything. */
    private static final List<String> HARMLESS_ANNOTATIONS = List.of(
            "authorization.k8s.io/",
            "authentication.k8s.io/",
            "authentication.kubernetes.io/",
            "apiserver.latency.k8s.io/",
            "audit.k8s.io/",
            "mutation.webhook.admission.k8s.io/",
            "pod-security.kubernetes.io/",
            "k8s.io/");

    private final RedactionHash hash;
    private final List<RedactionRule> rules;
    private final ObjectMapper json;

    /**
     * Sets the rules.
     *
     * @param hash the installation's hash
     * @param further rules beside those for Secrets and tokens
     * @param limits the limits that events were read with
     */
    public Redaction(RedactionHash hash, List<RedactionRule> further, AuditLimits limits) {
        this.hash = hash;
        this.rules = new ArrayList<>(TOKENS);
        this.rules.addAll(further);
        this.json = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(limits.depth() + 2)
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /** The event as it may be kept: the same bytes when no rule applies to it. */
    public ByteSlice redact(AuditItem item) {
        List<BodyRedaction> redactions = redactionsFor(item.object());
        if (redactions.isEmpty()) {
            return item.bytes();
        }
        ByteSlice bytes = item.bytes();
        try {
            JsonNode tree = json.readTree(bytes.array(), bytes.offset(), bytes.length());
            redact((ObjectNode) tree, item, redactions);
            return ByteSlice.of(json.writeValueAsBytes(tree));
        } catch (IOException e) {
            // the reader has parsed these bytes, so this is ours; the cause would quote the body
            throw new IllegalStateException("event " + item.position() + " could be read but not redacted: "
                    + e.getClass().getSimpleName());
        }
    }

    private List<BodyRedaction> redactionsFor(ObjectRef object) {
        List<BodyRedaction> redactions = null;
        if (object.resource().equals("secrets") && object.group().isEmpty()) {
            redactions = new ArrayList<>();
            redactions.add(new SecretRedaction(hash));
        }
        for (RedactionRule rule : rules) {
            if (rule.appliesTo(object)) {
                redactions = redactions == null ? new ArrayList<>() : redactions;
                redactions.add(new PathRedaction(rule.path(), hash));
            }
        }
        return redactions == null ? List.of() : redactions;
    }

    private void redact(ObjectNode event, AuditItem item, List<BodyRedaction> redactions) {
        for (BodyRedaction redaction : redactions) {
            redactBody(event, "requestObject", item.verb(), redaction);
            redactBody(event, "responseObject", item.verb(), redaction);
        }
        Set<String> known = knownNames(event, item.object());
        FailureTexts.redact(event.path("responseStatus"), known);
        if (event.path("responseObject").path("kind").asText().equals("Status")) {
            FailureTexts.redact(event.path("responseObject"), known);
        }
        if (event.path("annotations") instanceof ObjectNode annotations) {
            annotations.properties().forEach(annotation -> {
                if (HARMLESS_ANNOTATIONS.stream().noneMatch(annotation.getKey()::startsWith)) {
                    annotation.setValue(hash.of(annotation.getValue()));
                }
            });
        }
    }

    private static void redactBody(ObjectNode event, String field, String verb, BodyRedaction redaction) {
        JsonNode body = event.get(field);
        if (body != null && !body.isNull()) {
            event.set(field, redaction.redact(body, verb, field.equals("responseObject")));
        }
    }

    private static Set<String> knownNames(ObjectNode event, ObjectRef object) {
        Set<String> known = new HashSet<>(Set.of("", "secrets", "Secret"));
        known.addAll(List.of(object.group(), object.resource(), object.namespace(), object.name()));
        known.add(event.path("verb").asText());
        known.add(event.path("user").path("username").asText());
        known.add(event.path("impersonatedUser").path("username").asText());
        return known;
    }
}
