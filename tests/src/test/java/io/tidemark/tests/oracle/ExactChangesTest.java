package io.tidemark.tests.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.tests.oracle.EtcdHistory.Line;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Changes that are said to be exact, held to the store: the version before was the one before, and nothing is missing. */
class ExactChangesTest {
    private static final int TEXTS = 839;

    private record Version(ObjectName object, String resourceVersion) {}

    private static final Pattern CUT = Pattern.compile("… \\(\\d+ bytes, sha256:([0-9a-f]{64})\\)\"$");

    private static EtcdHistory history;
    private static List<Span> exact;
    private static final Map<Version, JsonNode> BODIES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        List<JsonNode> log = AuditLog.read(ShopRecording.audit());
        history = EtcdHistory.read(ShopRecording.history());
        for (JsonNode line : log) {
            AuditLine event = new AuditLine(line);
            JsonNode stored = event.stored();
            boolean whole = !stored.isMissingNode()
                    && !event.answerKind().equals("Scale")
                    && !event.answerKind().equals("PartialObjectMetadata");
            if (whole && event.mutating() && event.succeeded() && !event.dryRun()) {
                BODIES.putIfAbsent(new Version(event.object(), LoneEffect.version(stored)), stored);
            }
        }
        exact = SpanSetCheck.latest(CorrelatedLog.spans(ShopRecording.CLUSTER, log)).stream()
                .filter(span -> span.getDetail() instanceof RequestDetail request
                        && request.getExact()
                        && !request.getChanges().isEmpty())
                .toList();
    }

    @Test
    void theVersionBeforeIsTheOneThatTheStoreHadBefore() {
        List<String> wrong = new ArrayList<>();
        Map<Effect, Integer> checked = new TreeMap<>();
        for (Span span : exact) {
            RequestDetail request = (RequestDetail) span.getDetail();
            if (request.getEffect() == Effect.UPDATED || request.getEffect() == Effect.DELETION_STARTED) {
                checked.merge(request.getEffect(), 1, Integer::sum);
                long before = before(span, Long.parseLong(request.getResourceVersion()));
                if (before != Long.parseLong(request.getPreviousResourceVersion())) {
                    wrong.add(request.getAuditId() + " is told against " + request.getPreviousResourceVersion()
                            + ", in the store it was " + before);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals("{UPDATED=2672, DELETION_STARTED=10}", checked.toString());
    }

    private static long before(Span span, long revision) {
        return history.of(SpanSetCheck.name(span.getObject())).stream()
                .filter(line -> line.revision() < revision && !line.deletion())
                .mapToLong(Line::revision)
                .max()
                .orElse(0);
    }

    /** At each changed path the two answers hold what the change says, and without those paths they are the same. */
    @Test
    void theChangesAreTheWholeDifferenceOfTheTwoAnswers() {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Span span : exact) {
            RequestDetail request = (RequestDetail) span.getDetail();
            if (request.getEffect() == Effect.UPDATED && request.getChangesOmitted() == 0) {
                checked++;
                ObjectName object = SpanSetCheck.name(span.getObject());
                JsonNode before = BODIES.get(new Version(object, request.getPreviousResourceVersion()));
                JsonNode after = BODIES.get(new Version(object, request.getResourceVersion()));
                String fault = before == null || after == null
                        ? "was never answered"
                        : fault(before.deepCopy(), after.deepCopy(), request.getChanges());
                if (!fault.isEmpty()) {
                    wrong.add(request.getAuditId() + " " + object + " " + fault);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(2672, checked);
    }

    private static String fault(JsonNode before, JsonNode after, List<Change> changes) {
        for (Change change : changes) {
            ChangedPath path = ChangedPath.parse(change.getPath());
            String old = path.take(before);
            String now = path.take(after);
            if (!said(change.getBefore(), old) || !said(change.getAfter(), now)) {
                return change + ": the answers hold " + old + " and " + now;
            }
        }
        String rest = ChangedPath.unordered(quiet(before));
        return rest.equals(ChangedPath.unordered(quiet(after))) ? "" : "differs elsewhere as well";
    }

    /** Long values are told by their beginning and the hash of the whole. */
    private static boolean said(@Nullable String told, @Nullable String held) {
        Matcher cut = CUT.matcher(String.valueOf(told));
        return cut.find() && held != null
                ? cut.group(1).equals(sha256(held))
                : String.valueOf(ChangedPath.canonical(told)).equals(String.valueOf(ChangedPath.canonical(held)));
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static JsonNode quiet(JsonNode object) {
        ((ObjectNode) object).remove(List.of("apiVersion", "kind"));
        ((ObjectNode) object.path("metadata")).remove(List.of("managedFields", "resourceVersion", "generation"));
        return object;
    }

    /** What a built-in kind's stored bytes spell out can be looked for in them without knowing the fields of the kind. */
    @Test
    void textsThatAppearedOrWentStandInTheStoredBytes() {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Span span : exact) {
            RequestDetail request = (RequestDetail) span.getDetail();
            if (request.getEffect() != Effect.UPDATED) {
                continue;
            }
            ObjectName object = SpanSetCheck.name(span.getObject());
            byte[] before = history.value(object, Long.parseLong(request.getPreviousResourceVersion()));
            byte[] after = history.value(object, Long.parseLong(request.getResourceVersion()));
            for (Change change : request.getChanges()) {
                checked += stands(change.getBefore(), before, request, change, wrong)
                        + stands(change.getAfter(), after, request, change, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(TEXTS, checked, "texts looked for");
    }

    private static int stands(
            @Nullable String json, byte[] value, RequestDetail request, Change change, List<String> wrong) {
        String text = ChangedPath.plainText(json);
        boolean time = text.matches("\\d{4}-\\d\\d-\\d\\dT.*"); // stored as numbers
        if (text.length() < 3 || time || CUT.matcher(String.valueOf(json)).find()) {
            return 0;
        }
        if (!EtcdHistory.contains(value, text)) {
            wrong.add(request.getAuditId() + " " + change + ": not in the stored bytes");
        }
        return 1;
    }
}
