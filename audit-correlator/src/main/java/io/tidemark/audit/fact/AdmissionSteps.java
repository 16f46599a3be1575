package io.tidemark.audit.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.audit.diff.DiffLimits;
import io.tidemark.audit.diff.ObjectDiff;
import io.tidemark.audit.diff.RootType;
import io.tidemark.audit.fact.BodyReader.Body;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.PhaseDetail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What mutating webhooks changed on the way of a request into the store, one step per webhook that changed something.
 *
 * <p>The API server notes in {@code mutation.webhook.admission.k8s.io/round_0_index_1} which webhook it called and
 * whether that changed the object, and, at level Request and above, in {@code patch.webhook...} with the same ending the
 * JSON patch: {@code {"configuration":"c","webhook":"w","patch":[...],"patchType":"JSONPatch"}}. Source: {@code
 * pkg/admission/plugin/webhook/mutating/dispatcher.go}.
 *
 * <p>Of creations and updates the object as it was sent is known, so each patch is applied to it, round after round, and
 * a step tells fields before and after. Of patches only the operations are known, and a step tells what they put.
 */
final class AdmissionSteps {
    private static final String PATCH = "patch.webhook.admission.k8s.io/";
    private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
    private static final Pattern CALL = Pattern.compile("round_(\\d{1,6})_index_(\\d{1,6})");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectDiff DIFF = new ObjectDiff(DiffLimits.DEFAULT);

    private final AuditRecord event;
    private final List<PhaseDetail> steps = new ArrayList<>();
    private @Nullable JsonNode object;

    private AdmissionSteps(AuditRecord event) {
        this.event = event;
    }

    static List<PhaseDetail> of(AuditRecord event) {
        for (String name : event.annotations.keySet()) {
            if (name.startsWith(PATCH) || name.startsWith(MUTATION)) {
                return new AdmissionSteps(event).steps(); // the bodies of all others need no reading
            }
        }
        return List.of();
    }

    /** The object as it was sent; null where only changes to it were. */
    private @Nullable JsonNode sent() {
        Body asked = event.request;
        boolean whole = event.verb.equals("create") || event.verb.equals("update");
        return whole && asked != null ? RequestBody.tree(event, asked) : null;
    }

    private List<PhaseDetail> steps() {
        List<Map.Entry<String, String>> patches = inOrder(event.annotationsUnder(PATCH));
        Set<String> told = new HashSet<>();
        object = patches.isEmpty() ? null : sent();
        for (Map.Entry<String, String> patch : patches) {
            told.add(patch.getKey());
            steps.add(step(patch));
        }
        for (Map.Entry<String, String> call : inOrder(event.annotationsUnder(MUTATION))) {
            JsonNode value = tree(call.getValue());
            if (value.path("mutated").asBoolean() && !told.contains(call.getKey())) {
                steps.add(new PhaseDetail(name(call.getKey(), value), 0L, "", List.of(), 0));
            }
        }
        return steps;
    }

    private PhaseDetail step(Map.Entry<String, String> annotation) {
        JsonNode call = tree(annotation.getValue());
        JsonPatch patch = JsonPatch.of(call.path("patch"));
        JsonNode before = object;
        if (before == null) {
            return detail(annotation, call, patch.puts(), 0);
        }
        JsonNode after = patch.applied(before);
        object = after;
        var changes = DIFF.between(bytes(before), bytes(after), type(before));
        List<Change> fields = changes.fields().stream()
                .map(change -> new Change(change.path(), change.beforeJson(), change.afterJson()))
                .toList();
        return detail(annotation, call, fields, changes.omitted());
    }

    private static PhaseDetail detail(
            Map.Entry<String, String> annotation, JsonNode call, List<Change> fields, int omitted) {
        return new PhaseDetail(name(annotation.getKey(), call), 0L, annotation.getValue(), fields, omitted);
    }

    private static RootType type(JsonNode object) {
        return RootType.of(
                object.path("apiVersion").asText(), object.path("kind").asText());
    }

    private static String name(String number, JsonNode call) {
        String configuration = call.path("configuration").asText();
        return configuration.isEmpty()
                ? number
                : number + " " + configuration + "/" + call.path("webhook").asText();
    }

    /** By round, then by place in the round, as numbers. */
    private static List<Map.Entry<String, String>> inOrder(List<Map.Entry<String, String>> calls) {
        return calls.stream()
                .sorted(Comparator.comparingLong(call -> place(call.getKey())))
                .toList();
    }

    private static long place(String number) {
        Matcher call = CALL.matcher(number);
        return call.matches()
                ? Long.parseLong(call.group(1)) << 32 | Long.parseLong(call.group(2))
                : Long.MAX_VALUE; // not what the API server writes: behind the rest
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // a client's impersonated annotation cannot get here, a future format could
        }
    }

    private static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }
}
