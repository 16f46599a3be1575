package io.tidemark.tests.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.tests.oracle.EtcdHistory.Line;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the correlator concludes from the recorded audit log, held to an independent reading of that log, to the store's
 * history and to the recorded trees of owners. docs/internals/audit-cases.md has the figures, and what was broken to see
 * that this notices.
 */
class CorrelatorAgainstTruthTest {
    private static ExpectedSpans expected;
    private static EtcdHistory history;
    private static Map<SpanId, Span> spans;

    @BeforeAll
    static void read() throws IOException {
        List<JsonNode> log = AuditLog.read(ShopRecording.audit());
        expected = AuditOracle.expect(ShopRecording.CLUSTER, log);
        history = EtcdHistory.read(ShopRecording.history());
        spans = new HashMap<>();
        SpanSetCheck.latest(CorrelatedLog.spans(ShopRecording.CLUSTER, log))
                .forEach(span -> spans.put(span.getSpanId(), span));
    }

    @Test
    void agreesWithAnIndependentReadingOfTheAuditLog() {
        assertEquals(List.of(), SpanSetCheck.differences(expected, spans.values()));
    }

    /**
     * Each write against the store: a version that a span claims is a revision of that key, of that kind and uid, and
     * claimed once; a deletion without a version has its tombstone; what claims nothing has left no revision behind.
     */
    @Test
    void isNeverWrongAboutAWriteAndSaysWhichItDoesNotKnow() {
        Map<String, Integer> verdicts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        Map<ObjectName, Set<Long>> claimed = new HashMap<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof RequestDetail request) {
                String verdict = verdict(span, request, claimed);
                verdicts.merge(verdict, 1, Integer::sum);
                if (verdict.startsWith("wrong")) {
                    wrong.add(verdict + ": " + request.getVerb() + " " + request.getAuditId());
                }
            }
        }
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof ItemDetail item && item.getEffect() != Effect.NO_CHANGE) {
                claimNext(span, item, claimed, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(
                "{right: no write=226, right: tombstone=32, right: version=4394, unknown: hidden=7,"
                        + " unknown: no version in the answer=290}",
                verdicts.toString());
        assertEquals(
                // what only bindings, evictions and graceless deletions can have written, and what was audited without
                // bodies or not at all
                "{backuprequests=6, pods=386, secrets=10}", unclaimed(claimed).toString());
    }

    private static String verdict(Span span, RequestDetail request, Map<ObjectName, Set<Long>> claimed) {
        ObjectName object = SpanSetCheck.name(span.getObject());
        String uid = span.getObject().getUid();
        boolean deletes = request.getEffect() == Effect.DELETED;
        return switch (request.getEffect()) {
            case UNKNOWN -> "unknown: hidden";
            case ACCEPTED, COLLECTION_DELETED, SESSION, ISSUED -> "unknown: no version in the answer";
            case NO_CHANGE, DRY_RUN, FAILED ->
                request.getResourceVersion().isEmpty() ? "right: no write" : "wrong: claims a version";
            case CREATED, UPDATED, DELETION_STARTED, DELETED -> {
                List<Line> written = history.of(object).stream()
                        .filter(line -> line.uid().equals(uid) && line.deletion() == deletes)
                        .filter(line -> request.getResourceVersion().isEmpty()
                                ? deletes
                                : line.revision() == Long.parseLong(request.getResourceVersion()))
                        .toList();
                if (request.getResourceVersion().isEmpty() && !deletes) {
                    yield "unknown: hidden";
                }
                if (written.size() != 1) {
                    yield "wrong: " + written.size() + " such writes in the store";
                }
                boolean first = claimed.computeIfAbsent(object, name -> new HashSet<>())
                        .add(written.getFirst().revision());
                yield !first
                        ? "wrong: claimed twice"
                        : request.getResourceVersion().isEmpty() ? "right: tombstone" : "right: version";
            }
        };
    }

    private static void claimNext(Span span, ItemDetail item, Map<ObjectName, Set<Long>> claimed, List<String> wrong) {
        ObjectName object = SpanSetCheck.name(span.getObject());
        long read = Long.parseLong(item.getResourceVersion());
        Line next = history.of(object).stream()
                .filter(line -> line.revision() > read)
                .findFirst()
                .orElse(new Line(0, false, ""));
        boolean right = next.deletion() == (item.getEffect() == Effect.DELETED)
                && next.uid().equals(span.getObject().getUid())
                && claimed.computeIfAbsent(object, name -> new HashSet<>()).add(next.revision());
        if (!right) {
            wrong.add("item " + object + " " + item.getEffect() + ", in the store " + next);
        }
    }

    private static Map<String, Integer> unclaimed(Map<ObjectName, Set<Long>> claimed) {
        Set<ObjectName> objects = new HashSet<>();
        spans.values().stream()
                .filter(span -> span.getKind() != SpanKind.EVENT)
                .forEach(span -> objects.add(SpanSetCheck.name(span.getObject())));
        Map<String, Integer> counts = new TreeMap<>();
        for (ObjectName object : objects) {
            for (Line line : history.of(object)) {
                if (!claimed.getOrDefault(object, Set.of()).contains(line.revision())) {
                    counts.merge(object.resource(), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    @Test
    void knowsTheIncarnationsThatTheStoreHeld() {
        Map<ObjectName, Set<String>> known = new HashMap<>();
        for (Span span : spans.values()) {
            if (span.getKind() == SpanKind.OBJECT && !span.getObject().getUid().isEmpty()) {
                known.computeIfAbsent(SpanSetCheck.name(span.getObject()), name -> new HashSet<>())
                        .add(span.getObject().getUid());
            }
        }
        List<String> wrong = new ArrayList<>();
        known.forEach((object, uids) -> {
            Set<String> stored = new HashSet<>();
            history.of(object).forEach(line -> stored.add(line.uid()));
            if (!stored.equals(uids)) {
                wrong.add(object + " had " + stored + ", known are " + uids);
            }
        });
        assertEquals(List.of(), wrong);
        assertTrue(known.values().stream().anyMatch(uids -> uids.size() > 1), "no object was created again");
    }

    /** All 13 recorded trees, each object under its owner, and nothing under them that is not in the trees. */
    @Test
    void growsTheRecordedTreesOfOwners() throws IOException {
        Map<String, Span> byUid = new HashMap<>();
        Map<String, Set<String>> owned = new HashMap<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof ObjectDetail life) {
                byUid.put(span.getObject().getUid(), span);
                for (OwnerLink owner : life.getOwners()) {
                    owned.computeIfAbsent(owner.getUid(), uid -> new HashSet<>())
                            .add(span.getObject().getUid());
                }
            }
        }
        JsonNode chains = ShopRecording.document("chains.json").path("chains");
        assertEquals(13, chains.size());
        List<String> wrong = new ArrayList<>();
        chains.forEach(chain -> tree(chain, byUid, owned, wrong));
        assertEquals(List.of(), wrong);
    }

    private static void tree(
            JsonNode node, Map<String, Span> byUid, Map<String, Set<String>> owned, List<String> wrong) {
        String uid = node.path("uid").asText();
        Span span = byUid.get(uid);
        if (span == null || !span.getObject().getName().equals(node.path("name").asText())) {
            wrong.add(node.path("name").asText() + " " + uid + " has no object span");
        }
        Set<String> children = new HashSet<>();
        node.path("children").forEach(child -> children.add(child.path("uid").asText()));
        if (!owned.getOrDefault(uid, Set.of()).containsAll(children)) {
            wrong.add(node.path("name").asText() + " owns " + children + ", known are " + owned.get(uid));
        }
        node.path("children").forEach(child -> tree(child, byUid, owned, wrong));
    }
}
