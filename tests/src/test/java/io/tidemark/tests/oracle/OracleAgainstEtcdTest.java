package io.tidemark.tests.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.schema.audit.Effect;
import io.tidemark.tests.oracle.EtcdHistory.Line;
import io.tidemark.tests.oracle.ExpectedSpans.Item;
import io.tidemark.tests.oracle.ExpectedSpans.Link;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import io.tidemark.tests.oracle.ExpectedSpans.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The oracle reads only the audit log; the recorded etcd history says whether it reads it right. */
class OracleAgainstEtcdTest {
    private record Claim(ObjectName object, long revision) {}

    private static ExpectedSpans expected;
    private static EtcdHistory history;

    @BeforeAll
    static void read() throws IOException {
        expected = ShopRecording.expected();
        history = EtcdHistory.read(ShopRecording.history());
    }

    @Test
    void countsEveryRequestInScopeOnce() {
        Map<String, Integer> counts = new TreeMap<>();
        expected.requests().forEach(r -> counts.merge(r.key().verb() + " " + r.code(), 1, Integer::sum));
        assertEquals(
                "{create 201=920, create 403=26, create 404=1, create 409=1, create 422=3, create 429=6,"
                        + " delete 200=344, delete 403=10, delete 404=15, deletecollection 200=39, get 101=1, get 500=1,"
                        + " patch 200=757, patch 201=1, patch 409=2, update 200=2682, update 404=1, update 409=139}",
                counts.toString());
    }

    @Test
    void namesForEachVersionTheRequestThatWroteIt() {
        Set<Claim> claims = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (Request request : expected.requests()) {
            if (request.resourceVersion().isEmpty()) {
                continue;
            }
            long revision = Long.parseLong(request.resourceVersion());
            boolean deletes = request.effect() == Effect.DELETED;
            boolean written = history.of(request.object()).stream()
                    .anyMatch(line -> line.revision() == revision
                            && line.deletion() == deletes
                            && line.uid().equals(request.uid()));
            if (!written || !claims.add(new Claim(request.object(), revision))) {
                wrong.add(request.toString());
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(4394, claims.size());
    }

    @Test
    void leavesNoRevisionWithoutARequestThatExplainsIt() {
        Set<Claim> claims = new HashSet<>();
        Set<ObjectName> objects = new HashSet<>(expected.uidsByObject().keySet());
        for (Request request : expected.requests()) {
            objects.add(request.object());
            if (!request.resourceVersion().isEmpty()) {
                claims.add(new Claim(request.object(), Long.parseLong(request.resourceVersion())));
            } else if (request.effect() == Effect.DELETED) {
                claims.add(tombstone(request.object(), request.uid()));
            }
        }
        for (Item item : expected.items()) {
            if (item.effect() != Effect.NO_CHANGE) {
                assertTrue(claims.add(next(item)), () -> "claimed twice: " + item);
            }
        }
        Map<String, Integer> unclaimed = new TreeMap<>();
        for (ObjectName object : objects) {
            for (Line line : history.of(object)) {
                if (!claims.contains(new Claim(object, line.revision()))) {
                    unclaimed.merge(object.resource() + (line.deletion() ? " delete" : " put"), 1, Integer::sum);
                }
            }
        }
        // pods: 218 bindings, 5 evictions of two puts each, the first put of 158 deletions without grace period;
        // secrets: audited without bodies; backuprequests: removed by the API server with their definition
        assertEquals(
                Map.of("pods put", 386, "secrets put", 6, "secrets delete", 4, "backuprequests delete", 6), unclaimed);
    }

    private static Claim tombstone(ObjectName object, String uid) {
        return history.of(object).stream()
                .filter(line -> line.deletion() && line.uid().equals(uid))
                .map(line -> new Claim(object, line.revision()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(object + " was never deleted"));
    }

    private static Claim next(Item item) {
        long read = Long.parseLong(item.resourceVersion());
        Line next = history.of(item.object()).stream()
                .filter(line -> line.revision() > read)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing happened to " + item));
        assertEquals(item.effect() == Effect.DELETED, next.deletion(), item::toString);
        assertEquals(item.uid(), next.uid(), item::toString);
        return new Claim(item.object(), next.revision());
    }

    @Test
    void knowsEveryIncarnationThatTheStoreHeld() {
        List<String> wrong = new ArrayList<>();
        expected.uidsByObject().forEach((object, uids) -> {
            Set<String> stored = new HashSet<>();
            history.of(object).forEach(line -> stored.add(line.uid()));
            if (!stored.equals(uids)) {
                wrong.add(object + " had " + stored + ", read " + uids);
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void readsEveryOwnerOfTheRecordedChains() throws IOException {
        Set<String> links = new HashSet<>();
        for (Link link : expected.links()) {
            links.add(link.childUid() + " " + link.ownerUid());
        }
        List<String> missing = new ArrayList<>();
        int[] edges = new int[1];
        ShopRecording.document("chains.json")
                .path("chains")
                .forEach(chain -> collectEdges(chain, links, missing, edges));
        assertEquals(List.of(), missing);
        assertTrue(edges[0] > 150, () -> "only " + edges[0] + " owner links in the chains");
    }

    private static void collectEdges(JsonNode node, Set<String> links, List<String> missing, int[] edges) {
        String edge = node.path("uid").asText() + " " + node.path("parent_uid").asText();
        if (!node.path("parent_uid").asText().isEmpty()
                && !node.path("parent_uid").isNull()) {
            edges[0]++;
            if (!links.contains(edge)) {
                missing.add(node.path("name").asText() + " " + edge);
            }
        }
        node.path("children").forEach(child -> collectEdges(child, links, missing, edges));
    }

    @Test
    void findsEachOccurrenceOfEachKubernetesEvent() {
        assertEquals(1220, expected.occurrences().size());
        assertEquals(131, expected.items().size());
    }
}
