package io.tidemark.tests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.schema.audit.Effect;
import io.tidemark.tests.oracle.ExpectedSpans.Item;
import io.tidemark.tests.oracle.ExpectedSpans.Link;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import io.tidemark.tests.oracle.ExpectedSpans.Occurrence;
import io.tidemark.tests.oracle.ExpectedSpans.Request;
import io.tidemark.tests.oracle.ExpectedSpans.RequestKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Computes from an audit log what the span set must be. The whole log is in memory and read in several passes: slow and
 * plain on purpose. Rules: the API server's behaviour as the recorded cluster's etcd history proves it.
 */
public final class AuditOracle {
    private final String cluster;
    private final Map<RequestKey, AuditLine> inScope = new LinkedHashMap<>();
    private final Map<RequestKey, AuditLine> eventWrites = new LinkedHashMap<>();
    private final SortedMap<String, Integer> outOfScope = new TreeMap<>();
    private final Lives lives = new Lives();
    private final Set<RequestKey> writesNothing = new LinkedHashSet<>();

    private AuditOracle(String cluster, List<JsonNode> log) {
        this.cluster = cluster;
        log.stream().map(AuditLine::new).filter(AuditLine::finished).forEach(this::sort);
    }

    /** The spans that a log of one cluster must give. */
    public static ExpectedSpans expect(String cluster, List<JsonNode> log) {
        return new AuditOracle(cluster, log).compute();
    }

    private void sort(AuditLine line) {
        String why = line.outOfScope();
        if (why.isEmpty()) {
            inScope.putIfAbsent(line.key(), line);
            return;
        }
        outOfScope.merge(why, 1, Integer::sum);
        if (why.equals("events")) {
            eventWrites.putIfAbsent(line.key(), line);
        }
    }

    private ExpectedSpans compute() {
        findEchoes();
        List<Item> items = new ArrayList<>();
        inScope.values().forEach(line -> items.addAll(itemsOf(line)));
        inScope.values().forEach(this::learnLife);
        List<Request> requests = inScope.values().stream().map(this::request).toList();
        return new ExpectedSpans(cluster, requests, items, links(), occurrences(), outOfScope, lives.uids());
    }

    /** Of all requests that answer the same version of the same object, the one received first wrote it. */
    private void findEchoes() {
        record Version(ObjectName object, String resourceVersion) {}
        Map<Version, AuditLine> writers = new HashMap<>();
        for (AuditLine line : inScope.values()) {
            String version = LoneEffect.version(line.stored());
            if (version.isEmpty() || line.dryRun() || !line.succeeded()) {
                continue;
            }
            AuditLine other = writers.putIfAbsent(new Version(line.object(), version), line);
            if (other != null) {
                boolean first = line.key().receivedMicros() < other.key().receivedMicros();
                writesNothing.add(first ? other.key() : line.key());
                if (first) {
                    writers.put(new Version(line.object(), version), line);
                }
            }
        }
    }

    private Effect effect(AuditLine line) {
        Effect lone = LoneEffect.of(line);
        boolean lastFinalizer = lone == Effect.DELETED && !line.verb().equals("delete");
        return writesNothing.contains(line.key()) && !lastFinalizer ? Effect.NO_CHANGE : lone;
    }

    private void learnLife(AuditLine line) {
        String uid = line.statedUid();
        if (uid.isEmpty() || !line.succeeded()) {
            return;
        }
        long received = line.key().receivedMicros();
        long done = line.micros("stageTimestamp");
        if (effect(line) == Effect.DELETED) {
            lives.ended(line.object(), uid, received, done);
        } else {
            lives.seen(line.object(), uid, received, done);
        }
    }

    private Request request(AuditLine line) {
        Effect effect = effect(line);
        ObjectName object = line.object();
        String uid = line.statedUid();
        if (uid.isEmpty()) {
            uid = lives.during(object, line.key().receivedMicros(), line.micros("stageTimestamp"));
        }
        boolean echo = effect == Effect.DELETED && !line.verb().equals("delete");
        boolean wrote = switch (effect) {
            case CREATED, UPDATED, DELETION_STARTED, DELETED -> !echo;
            case COLLECTION_DELETED, NO_CHANGE, DRY_RUN, SESSION, ISSUED, ACCEPTED, FAILED, UNKNOWN -> false;
        };
        String version = wrote ? LoneEffect.version(line.stored()) : "";
        return new Request(line.key(), line.code(), object, uid, effect, version, line.caller(), line.wantedBy(object));
    }

    private List<Item> itemsOf(AuditLine line) {
        List<Item> items = new ArrayList<>();
        if (!line.verb().equals("deletecollection") || !line.succeeded() || line.dryRun()) {
            return items;
        }
        for (JsonNode item : line.answer().path("items")) {
            JsonNode meta = item.path("metadata");
            ObjectName object = new ObjectName(
                    line.object().group(),
                    line.resource(),
                    meta.path("namespace").asText(),
                    meta.path("name").asText());
            String uid = meta.path("uid").asText();
            Effect effect = LoneEffect.ofItem(line, item);
            items.add(new Item(line.key().auditId(), object, uid, LoneEffect.version(item), effect));
            if (effect == Effect.DELETED) {
                lives.ended(object, uid, line.key().receivedMicros(), line.micros("stageTimestamp"));
            }
        }
        return items;
    }

    private Set<Link> links() {
        Set<Link> links = new LinkedHashSet<>();
        for (AuditLine line : inScope.values()) {
            if (line.succeeded() && !line.dryRun()) {
                addLinks(links, line.stored());
                line.answer().path("items").forEach(item -> addLinks(links, item));
            }
        }
        return links;
    }

    private static void addLinks(Collection<Link> links, JsonNode stored) {
        JsonNode meta = stored.path("metadata");
        for (JsonNode owner : meta.path("ownerReferences")) {
            links.add(new Link(
                    meta.path("uid").asText(),
                    owner.path("uid").asText(),
                    owner.path("controller").asBoolean()));
        }
    }

    private Set<Occurrence> occurrences() {
        Set<Occurrence> occurrences = new LinkedHashSet<>();
        for (AuditLine line : eventWrites.values()) {
            JsonNode event = line.answer();
            if (!line.succeeded() || line.dryRun() || !line.answerKind().equals("Event")) {
                continue;
            }
            JsonNode subject = event.has("regarding") ? event.path("regarding") : event.path("involvedObject");
            int single = Math.max(
                    1, event.path("count").asInt(event.path("deprecatedCount").asInt(1)));
            occurrences.add(new Occurrence(
                    event.path("metadata").path("uid").asText(),
                    event.path("series").path("count").asInt(single),
                    subject.path("kind").asText(),
                    subject.path("namespace").asText(),
                    subject.path("name").asText()));
        }
        return occurrences;
    }
}
