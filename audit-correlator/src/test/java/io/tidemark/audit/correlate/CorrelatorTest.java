package io.tidemark.audit.correlate;

import static io.tidemark.audit.correlate.Events.object;
import static io.tidemark.audit.correlate.Events.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.correlate.Events.Request;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is concluded about requests on one object, case by case. */
class CorrelatorTest {
    private final Events map = new Events("configmaps", "x");
    private final Events pod = new Events("pods", "x");
    private SpanSet set = new SpanSet();

    @Test
    void provesTheChangesOfAnUpdateThatBuildsOnTheVersionBefore() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        RequestDetail update = fed(map.request("update", 200).base(10).answers(configMap(11, "", "2")));

        assertThat(update.getEffect()).isEqualTo(Effect.UPDATED);
        assertThat(update.getResourceVersion()).isEqualTo("11");
        assertThat(update.getPreviousResourceVersion()).isEqualTo("10");
        assertThat(update.getExact()).isTrue();
        assertThat(update.getChanges()).containsExactly(new Change("data.a", "\"1\"", "\"2\""));
    }

    @Test
    void doesNotClaimThatAPatchAloneMadeTheDifference() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        RequestDetail patch = fed(map.request("patch", 200).answers(configMap(12, "", "2")));

        assertThat(patch.getExact()).isFalse();
        assertThat(patch.getExactReason()).isEqualTo("the request names no version that it builds on");
        assertThat(patch.getChanges()).hasSize(1);
    }

    @Test
    void saysWhichUnseenVersionAnUpdateBuildsOn() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        RequestDetail update = fed(map.request("update", 200).base(11).answers(configMap(12, "", "2")));

        assertThat(update.getExact()).isFalse();
        assertThat(update.getExactReason()).isEqualTo("it builds on version 11, which no answer shows");
    }

    @Test
    void givesAVersionToTheFirstOfThoseThatAnswerIt() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        Request writer = map.request("patch", 200).answers(configMap(11, "", "2"));
        Request repeat = map.request("patch", 200).answers(configMap(11, "", "2"));
        feed(repeat);
        feed(writer);

        assertThat(detail(writer).getResourceVersion()).isEqualTo("11");
        assertThat(detail(repeat).getEffect()).isEqualTo(Effect.NO_CHANGE);
        assertThat(detail(repeat).getResourceVersion()).isEmpty();
        assertThat(detail(repeat).getEffectReason()).contains(writer.auditId());
    }

    @Test
    void callsAnUpdateThatAnswersTheVersionItSentNoChange() {
        RequestDetail update = fed(map.request("update", 200).base(10).answers(configMap(10, "", "1")));

        assertThat(update.getEffect()).isEqualTo(Effect.NO_CHANGE);
        assertThat(update.getResourceVersion()).isEmpty();
    }

    @Test
    void seesThatRemovingTheLastFinalizerDeletes() {
        String deleting = ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":0";
        feed(map.request("create", 201).answers(configMap(10, ",\"finalizers\":[\"f\"]", "1")));
        Request delete = map.request("delete", 200).answers(configMap(11, deleting + ",\"finalizers\":[\"f\"]", "1"));
        feed(delete);
        Request patch = map.request("patch", 200).answers(configMap(11, deleting, "1"));
        RequestDetail last = fed(patch);

        assertThat(detail(delete).getEffect()).isEqualTo(Effect.DELETION_STARTED);
        assertThat(detail(delete).getResourceVersion()).isEqualTo("11");
        assertThat(last.getEffect()).isEqualTo(Effect.DELETED);
        assertThat(last.getResourceVersion()).isEmpty();
        assertThat(last.getChanges()).extracting(Change::getPath).containsExactly("metadata.finalizers");
        assertThat(life("uid-1").getDeletedBySpanId()).isEqualTo(span(patch).getSpanId());
        assertThat(life("uid-1").getDeletionRequestedBySpanId())
                .isEqualTo(span(delete).getSpanId());
    }

    @Test
    void doesNotTakeAStatusWriteOnATerminatingPodForADeletion() {
        String waiting = ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":5";
        RequestDetail patch =
                fed(pod.request("patch", 200).on("status").answers(object("Pod", "uid-1", 12, waiting, "")));

        assertThat(patch.getEffect()).isEqualTo(Effect.UPDATED);
    }

    @Test
    void callsASecondDeleteOfATerminatingObjectNoChange() {
        String waiting = ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":5";
        feed(pod.request("create", 201).answers(object("Pod", "uid-1", 10, "", "")));
        feed(pod.request("delete", 200).answers(object("Pod", "uid-1", 11, waiting, "")));
        RequestDetail second = fed(pod.request("delete", 200).answers(object("Pod", "uid-1", 11, waiting, "")));

        assertThat(second.getEffect()).isEqualTo(Effect.NO_CHANGE);
    }

    @Test
    void attachesADeletionThatAnswersAStatusToTheUidItNames() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        Request delete = map.request("delete", 200).answers(status("uid-1"));
        RequestDetail detail = fed(delete);

        assertThat(detail.getEffect()).isEqualTo(Effect.DELETED);
        assertThat(span(delete).getObject().getUid()).isEqualTo("uid-1");
        assertThat(detail.getExact()).isFalse();
        assertThat(detail.getPreviousResourceVersion()).isEqualTo("10");
    }

    @Test
    void seesADryRunThatOnlyTheBodyOfADeletionTells() {
        RequestDetail delete =
                fed(map.request("delete", 200).asks("{\"dryRun\":[\"All\"]}").answers(status("uid-1")));

        assertThat(delete.getEffect()).isEqualTo(Effect.DRY_RUN);
        assertThat(delete.getDryRun()).isTrue();
    }

    @Test
    void saysThatALevelWithoutBodiesLeavesTheOutcomeOpen() {
        RequestDetail delete = fed(map.request("delete", 200).with("level", "Metadata"));

        assertThat(delete.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(delete.getEffectReason()).contains("audit level Metadata hides the answer");
    }

    @Test
    void namesTheWriteThatAConflictLostAgainst() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        Request winner = map.request("patch", 200).answers(configMap(11, "", "2"));
        Request loser = map.request("update", 409).base(10).asks(configMap(10, "", "3"));
        feed(loser);
        feed(winner);

        assertThat(detail(loser).getEffect()).isEqualTo(Effect.FAILED);
        assertThat(detail(loser).getWinner().getAuditId()).isEqualTo("audit-2");
        assertThat(detail(loser).getWinner().getUser()).isEqualTo("alice");
        assertThat(detail(loser).getChanges())
                .as("what was asked for")
                .containsExactly(new Change("data.a", "\"1\"", "\"3\""));
    }

    @Test
    void doesNotPutABindingDownToTheNextWriter() {
        feed(pod.request("create", 201).answers(object("Pod", "uid-1", 10, "", ",\"spec\":{\"a\":1}")));
        Request binding = pod.request("create", 201)
                .on("binding")
                .asks("{\"kind\":\"Binding\",\"metadata\":{\"name\":\"x\"},\"target\":{\"name\":\"node-1\"}}")
                .answers(status(""));
        feed(binding);
        String bound = ",\"spec\":{\"a\":1,\"nodeName\":\"node-1\"},\"status\":{\"phase\":\"Running\"}";
        RequestDetail next = fed(pod.request("patch", 200).on("status").answers(object("Pod", "uid-1", 12, "", bound)));

        assertThat(detail(binding).getEffect()).isEqualTo(Effect.ACCEPTED);
        assertThat(detail(binding).getChanges()).extracting(Change::getPath).containsExactly("spec.nodeName");
        assertThat(next.getChanges()).extracting(Change::getPath).containsExactly("status");
    }

    @Test
    void fansACollectionDeletionOutToItsItems() {
        String items = "[" + configMap(10, "", "1") + ","
                + configMap(9, ",\"finalizers\":[\"f\"]", "1")
                        .replace("uid-1", "uid-2")
                        .replace("\"x\"", "\"y\"")
                + "]";
        Request request = map.request("deletecollection", 200)
                .unnamed()
                .answers(
                        "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"20\"},\"items\":"
                                + items + "}");
        RequestDetail collection = fed(request);

        assertThat(collection.getEffect()).isEqualTo(Effect.COLLECTION_DELETED);
        assertThat(collection.getItems()).isEqualTo(2);
        assertThat(spans(SpanKind.ITEM))
                .extracting(span -> ((ItemDetail) span.getDetail()).getEffect())
                .containsExactlyInAnyOrder(Effect.DELETED, Effect.DELETION_STARTED);
        assertThat(spans(SpanKind.ITEM)).allSatisfy(span -> {
            ItemDetail item = (ItemDetail) span.getDetail();
            assertThat(item.getRequestSpanId()).isEqualTo(span(request).getSpanId());
        });
    }

    @Test
    void keepsTwoLivesUnderOneNameApart() {
        feed(map.request("create", 201).answers(configMap(10, "", "1")));
        feed(map.request("delete", 200).answers(status("uid-1")));
        Request again = map.request("create", 201)
                .answers(configMap(20, "", "5").replace("uid-1", "uid-2").replace("08:00:01Z", "08:00:03Z"));
        RequestDetail created = fed(again);
        Request refused = map.request("delete", 403);
        feed(refused);

        assertThat(created.getPreviousResourceVersion()).isEmpty();
        assertThat(life("uid-2").getPreviousSpanId())
                .isEqualTo(objectSpan("uid-1").getSpanId());
        assertThat(span(refused).getObject().getUid())
                .as("the life that existed then")
                .isEqualTo("uid-2");
    }

    @Test
    void withdrawsAnObjectKnownByNameOnceItsUidIsTold() {
        Request create = map.request("create", 201).answers(configMap(10, "", "1"));
        Request refused = map.request("delete", 403);
        feed(refused);
        assertThat(spans(SpanKind.OBJECT))
                .extracting(span -> span.getObject().getUid())
                .containsExactly("");
        feed(create);

        assertThat(spans(SpanKind.OBJECT))
                .extracting(span -> span.getObject().getUid())
                .containsExactly("uid-1");
    }

    @Test
    void givesARefusedCreateWithoutNameToTheControllerThatWantedIt() {
        Request refused = pod.request("create", 403).unnamed().asks("""
                        {"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"web-","ownerReferences":[\
                        {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"owner","controller":true}]}}""");
        feed(refused);
        feed(pod.request("create", 201).answers(object("Pod", "owner", 3, "", "")));

        assertThat(span(refused).getObjectSpanId())
                .isEqualTo(objectSpan("owner").getSpanId());
    }

    @Test
    void announcesASessionAndCompletesTheSameSpan() {
        Request exec = pod.request("get", 101).on("exec");
        set.feed(exec.with("stage", "ResponseStarted").event());
        assertThat(span(exec).getEndMicros()).isNull();
        set.feed(exec.with("stage", "ResponseComplete").event());

        assertThat(spans(SpanKind.REQUEST)).hasSize(1);
        assertThat(span(exec).getEndMicros()).isNotNull();
        assertThat(detail(exec).getEffect()).isEqualTo(Effect.SESSION);
    }

    @Test
    void countsTheOccurrencesThatAnEventStandsFor() {
        Events events = new Events("events", "x.1");
        feed(events.request("create", 201).answers(kubernetesEvent(5, 1, "08:00:05")));
        Request later = events.request("patch", 200).answers(kubernetesEvent(9, 4, "08:00:50"));
        feed(later);

        assertThat(spans(SpanKind.EVENT))
                .extracting(span -> ((EventDetail) span.getDetail()).getObserved())
                .containsExactlyInAnyOrder(1, 3);
        assertThat(spans(SpanKind.EVENT))
                .allSatisfy(span -> assertThat(span.getObject().getUid()).isEqualTo("pod-uid"));
    }

    @Test
    void marksWhatArrivesAfterItsNeighboursWereGivenUp() {
        set = new SpanSet(Retention.of(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 2));
        Request early = map.request("patch", 200).answers(configMap(11, "", "2"));
        for (int version = 12; version < 18; version++) {
            feed(map.request("patch", 200).answers(configMap(version, "", "" + version)));
        }
        feed(early);

        assertThat(span(early).getLate()).isTrue();
        assertThat(detail(early).getChanges()).isEmpty();
        assertThat(detail(early).getExactReason()).isEqualTo("arrived after its neighbours had been given up");
    }

    @Test
    void tellsWhenAnOwnerWasThere() {
        String owned = ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"o\",\"uid\":\"owner\"}]";
        feed(map.request("create", 201).answers(configMap(10, owned, "1")));
        feed(map.request("patch", 200).answers(configMap(11, owned, "2")));
        feed(map.request("patch", 200).answers(configMap(12, "", "2")));

        assertThat(life("uid-1").getOwners()).singleElement().satisfies(link -> {
            assertThat(link.getUid()).isEqualTo("owner");
            assertThat(link.getSinceMicros()).hasToString("2026-11-23T08:00:01.010Z");
            assertThat(link.getUntilMicros()).hasToString("2026-11-23T08:00:03.010Z");
        });
    }

    private static String configMap(long version, String metadata, String value) {
        return object("ConfigMap", "uid-1", version, metadata, ",\"data\":{\"a\":\"" + value + "\"}");
    }

    private static String kubernetesEvent(long version, int count, String time) {
        return """
                {"kind":"Event","apiVersion":"v1","metadata":{"name":"x.1","namespace":"shop","uid":"event-uid",\
                "resourceVersion":"%d"},"involvedObject":{"kind":"Pod","namespace":"shop","name":"x","uid":"pod-uid",\
                "apiVersion":"v1"},"reason":"Failed","message":"no","type":"Warning","count":%d,\
                "firstTimestamp":"2026-11-23T08:00:05Z","lastTimestamp":"2026-11-23T%sZ"}""".formatted(version, count, time);
    }

    private void feed(Request request) {
        set.feed(request.event());
    }

    private RequestDetail fed(Request request) {
        feed(request);
        return detail(request);
    }

    private Span span(Request request) {
        return spans(SpanKind.REQUEST).stream()
                .filter(span -> ((RequestDetail) span.getDetail()).getAuditId().equals(request.auditId()))
                .findFirst()
                .orElseThrow();
    }

    private RequestDetail detail(Request request) {
        return (RequestDetail) span(request).getDetail();
    }

    private Span objectSpan(String uid) {
        return spans(SpanKind.OBJECT).stream()
                .filter(span -> span.getObject().getUid().equals(uid))
                .findFirst()
                .orElseThrow();
    }

    private ObjectDetail life(String uid) {
        return (ObjectDetail) objectSpan(uid).getDetail();
    }

    private List<Span> spans(SpanKind kind) {
        return set.spans().values().stream()
                .filter(span -> span.getKind() == kind)
                .toList();
    }
}
