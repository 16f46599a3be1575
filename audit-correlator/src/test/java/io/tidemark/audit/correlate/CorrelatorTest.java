package io.tidemark.audit.correlate;

import static io.tidemark.audit.correlate.Events.configMap;
import static io.tidemark.audit.correlate.Events.object;
import static io.tidemark.audit.correlate.Events.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.correlate.Events.Request;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.SpanKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is concluded about writes on one object, case by case. */
class CorrelatorTest {
    private final Events map = new Events("configmaps", "x");
    private final Events pod = new Events("pods", "x");
    private SpanSet set = new SpanSet();

    @Test
    void provesTheChangesOfAnUpdateThatBuildsOnTheVersionBefore() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        RequestDetail update = set.fed(map.request("update", 200).base(10).answers(configMap(11, "", "2")));

        assertThat(update.getEffect()).isEqualTo(Effect.UPDATED);
        assertThat(update.getResourceVersion()).isEqualTo("11");
        assertThat(update.getPreviousResourceVersion()).isEqualTo("10");
        assertThat(update.getExact()).isTrue();
        assertThat(update.getChanges()).containsExactly(new Change("data.a", "\"1\"", "\"2\""));
    }

    @Test
    void doesNotClaimThatAPatchAloneMadeTheDifference() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        RequestDetail patch = set.fed(map.request("patch", 200).answers(configMap(12, "", "2")));

        assertThat(patch.getExact()).isFalse();
        assertThat(patch.getExactReason()).isEqualTo("the request names no version that it builds on");
        assertThat(patch.getChanges()).hasSize(1);
    }

    @Test
    void saysWhichUnseenVersionAnUpdateBuildsOn() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        RequestDetail update = set.fed(map.request("update", 200).base(11).answers(configMap(12, "", "2")));

        assertThat(update.getExact()).isFalse();
        assertThat(update.getExactReason()).isEqualTo("it builds on version 11, which no answer shows");
    }

    @Test
    void givesAVersionToTheFirstOfThoseThatAnswerIt() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        Request writer = map.request("patch", 200).answers(configMap(11, "", "2"));
        Request repeat = map.request("patch", 200).answers(configMap(11, "", "2"));
        set.feed(repeat);
        set.feed(writer);

        assertThat(set.detail(writer).getResourceVersion()).isEqualTo("11");
        assertThat(set.detail(repeat).getEffect()).isEqualTo(Effect.NO_CHANGE);
        assertThat(set.detail(repeat).getResourceVersion()).isEmpty();
        assertThat(set.detail(repeat).getEffectReason()).contains(writer.auditId());
    }

    @Test
    void callsAnUpdateThatAnswersTheVersionItSentNoChange() {
        RequestDetail update = set.fed(map.request("update", 200).base(10).answers(configMap(10, "", "1")));

        assertThat(update.getEffect()).isEqualTo(Effect.NO_CHANGE);
        assertThat(update.getResourceVersion()).isEmpty();
    }

    @Test
    void namesTheWriteThatAConflictLostAgainst() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        Request winner = map.request("patch", 200).answers(configMap(11, "", "2"));
        Request loser = map.request("update", 409).base(10).asks(configMap(10, "", "3"));
        set.feed(loser);
        set.feed(winner);

        assertThat(set.detail(loser).getEffect()).isEqualTo(Effect.FAILED);
        assertThat(set.detail(loser).getWinner().getAuditId()).isEqualTo("audit-2");
        assertThat(set.detail(loser).getWinner().getUser()).isEqualTo("alice");
        assertThat(set.detail(loser).getChanges())
                .as("what was asked for")
                .containsExactly(new Change("data.a", "\"1\"", "\"3\""));
    }

    @Test
    void doesNotPutABindingDownToTheNextWriter() {
        set.feed(pod.request("create", 201).answers(object("Pod", "uid-1", 10, "", ",\"spec\":{\"a\":1}")));
        Request binding = pod.request("create", 201)
                .on("binding")
                .asks("{\"kind\":\"Binding\",\"metadata\":{\"name\":\"x\"},\"target\":{\"name\":\"node-1\"}}")
                .answers(status(""));
        set.feed(binding);
        String bound = ",\"spec\":{\"a\":1,\"nodeName\":\"node-1\"},\"status\":{\"phase\":\"Running\"}";
        RequestDetail next =
                set.fed(pod.request("patch", 200).on("status").answers(object("Pod", "uid-1", 12, "", bound)));

        assertThat(set.detail(binding).getEffect()).isEqualTo(Effect.ACCEPTED);
        assertThat(set.detail(binding).getChanges()).extracting(Change::getPath).containsExactly("spec.nodeName");
        assertThat(next.getChanges()).extracting(Change::getPath).containsExactly("status");
    }

    @Test
    void keepsTwoLivesUnderOneNameApart() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        set.feed(map.request("delete", 200).answers(status("uid-1")));
        Request again = map.request("create", 201)
                .answers(configMap(20, "", "5").replace("uid-1", "uid-2").replace("08:00:01Z", "08:00:03Z"));
        RequestDetail created = set.fed(again);
        Request refused = map.request("delete", 403);
        set.feed(refused);

        assertThat(created.getPreviousResourceVersion()).isEmpty();
        assertThat(set.life("uid-2").getPreviousSpanId())
                .isEqualTo(set.objectSpan("uid-1").getSpanId());
        assertThat(set.span(refused).getObject().getUid())
                .as("the life that existed then")
                .isEqualTo("uid-2");
    }

    @Test
    void withdrawsAnObjectKnownByNameOnceItsUidIsTold() {
        Request create = map.request("create", 201).answers(configMap(10, "", "1"));
        Request refused = map.request("delete", 403);
        set.feed(refused);
        assertThat(set.spans(SpanKind.OBJECT))
                .extracting(span -> span.getObject().getUid())
                .containsExactly("");
        set.feed(create);

        assertThat(set.spans(SpanKind.OBJECT))
                .extracting(span -> span.getObject().getUid())
                .containsExactly("uid-1");
    }

    @Test
    void givesARefusedCreateWithoutNameToTheControllerThatWantedIt() {
        Request refused = pod.request("create", 403).unnamed().asks("""
                        {"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"web-","ownerReferences":[\
                        {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"owner","controller":true}]}}""");
        set.feed(refused);
        set.feed(pod.request("create", 201).answers(object("Pod", "owner", 3, "", "")));

        assertThat(set.span(refused).getObjectSpanId())
                .isEqualTo(set.objectSpan("owner").getSpanId());
    }

    @Test
    void announcesASessionAndCompletesTheSameSpan() {
        Request exec = pod.request("get", 101).on("exec");
        set.feed(exec.with("stage", "ResponseStarted").event());
        assertThat(set.span(exec).getEndMicros()).isNull();
        set.feed(exec.with("stage", "ResponseComplete").event());

        assertThat(set.spans(SpanKind.REQUEST)).hasSize(1);
        assertThat(set.span(exec).getEndMicros()).isNotNull();
        assertThat(set.detail(exec).getEffect()).isEqualTo(Effect.SESSION);
    }

    @Test
    void countsTheOccurrencesThatAnEventStandsFor() {
        Events events = new Events("events", "x.1");
        set.feed(events.request("create", 201).answers(kubernetesEvent(5, 1, "08:00:05")));
        Request later = events.request("patch", 200).answers(kubernetesEvent(9, 4, "08:00:50"));
        set.feed(later);

        assertThat(set.spans(SpanKind.EVENT))
                .extracting(span -> ((EventDetail) span.getDetail()).getObserved())
                .containsExactlyInAnyOrder(1, 3);
        assertThat(set.spans(SpanKind.EVENT))
                .allSatisfy(span -> assertThat(span.getObject().getUid()).isEqualTo("pod-uid"));
    }

    @Test
    void marksWhatArrivesAfterItsNeighboursWereGivenUp() {
        set = new SpanSet(Retention.of(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 2));
        Request early = map.request("patch", 200).answers(configMap(11, "", "2"));
        for (int version = 12; version < 18; version++) {
            set.feed(map.request("patch", 200).answers(configMap(version, "", "" + version)));
        }
        set.feed(early);

        assertThat(set.span(early).getLate()).isTrue();
        assertThat(set.detail(early).getChanges()).isEmpty();
        assertThat(set.detail(early).getExactReason()).isEqualTo("arrived after its neighbours had been given up");
    }

    @Test
    void tellsWhenAnOwnerWasThere() {
        String owned = ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"o\",\"uid\":\"owner\"}]";
        set.feed(map.request("create", 201).answers(configMap(10, owned, "1")));
        set.feed(map.request("patch", 200).answers(configMap(11, owned, "2")));
        set.feed(map.request("patch", 200).answers(configMap(12, "", "2")));

        assertThat(set.life("uid-1").getOwners()).singleElement().satisfies(link -> {
            assertThat(link.getUid()).isEqualTo("owner");
            assertThat(link.getSinceMicros()).hasToString("2026-11-23T08:00:01.010Z");
            assertThat(link.getUntilMicros()).hasToString("2026-11-23T08:00:03.010Z");
        });
    }

    /** As when a log begins in the middle of a deletion: two requests are answered with the same version. */
    @Test
    void anOwnerWasThereSinceTheEarliestAnswerThatShowsIt() {
        String owned = ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"o\",\"uid\":\"owner\"}]"
                + ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":5";
        Request first = map.request("delete", 200).answers(configMap(11, owned, "1"));
        Request second = map.request("delete", 200).answers(configMap(11, owned, "1"));
        Request third = map.request("patch", 200).answers(configMap(12, owned, "2"));
        set.feed(second);
        set.feed(third);
        set.feed(first);

        assertThat(set.life("uid-1").getOwners())
                .singleElement()
                .satisfies(link -> assertThat(link.getSinceMicros()).hasToString("2026-11-23T08:00:01.010Z"));
    }

    private static String kubernetesEvent(long version, int count, String time) {
        return """
                {"kind":"Event","apiVersion":"v1","metadata":{"name":"x.1","namespace":"shop","uid":"event-uid",\
                "resourceVersion":"%d"},"involvedObject":{"kind":"Pod","namespace":"shop","name":"x","uid":"pod-uid",\
                "apiVersion":"v1"},"reason":"Failed","message":"no","type":"Warning","count":%d,\
                "firstTimestamp":"2026-11-23T08:00:05Z","lastTimestamp":"2026-11-23T%sZ"}""".formatted(version, count, time);
    }
}
