package io.tidemark.audit.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.Mention;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes of Kubernetes Events, through either API, as occurrences on their subject. */
class KubernetesEventsTest {
    private final Cases cases = new Cases();
    private int written;

    private void write(String group, String event) {
        written++;
        cases.feed("""
                {"auditID":"e%d","verb":"%s","responseStatus":{"code":%d},
                 "requestURI":"/events/%d","user":{"username":"system:kube-scheduler"},
                 "objectRef":{"resource":"events","apiGroup":%s,"name":"web.1","apiVersion":"v1"},
                 "requestReceivedTimestamp":"2026-11-23T08:00:%02d.000000Z",
                 "stageTimestamp":"2026-11-23T08:00:%02d.010000Z","responseObject":%s}""".formatted(
                        written,
                        written == 1 ? "create" : "patch",
                        written == 1 ? 201 : 200,
                        written,
                        group.isEmpty() ? "null" : "\"" + group + "\"",
                        written,
                        written,
                        event));
    }

    private static String core(int version, String members) {
        return """
                {"kind":"Event","apiVersion":"v1","metadata":{"name":"web.1","namespace":"shop","uid":"e-uid",
                 "resourceVersion":"%d","creationTimestamp":"2026-11-23T08:00:00Z"},"involvedObject":{"kind":"ReplicaSet",
                 "namespace":"shop","name":"web-5d","uid":"rs-uid","apiVersion":"apps/v1","resourceVersion":"42"},%s}""".formatted(version, members);
    }

    private static String series(int version, String members) {
        return core(version, members)
                .replace("\"v1\",\"metadata\"", "\"events.k8s.io/v1\",\"metadata\"")
                .replace("involvedObject", "regarding");
    }

    private List<EventDetail> occurrences() {
        return cases.spans(SpanKind.EVENT).stream()
                .map(span -> (EventDetail) span.getDetail())
                .sorted(Comparator.comparingInt(EventDetail::getCount))
                .toList();
    }

    @Test
    void aCountThatJumpsStandsForSeveralOccurrencesSinceTheOneBefore() {
        write("", core(5, "\"reason\":\"R\",\"count\":1,\"firstTimestamp\":\"2026-11-23T08:00:01Z\""));
        write("", core(6, "\"reason\":\"R\",\"count\":4,\"lastTimestamp\":\"2026-11-23T08:00:09Z\""));

        assertThat(occurrences())
                .extracting(EventDetail::getCount, EventDetail::getObserved)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 1), org.assertj.core.groups.Tuple.tuple(4, 3));
        Span jump = cases.spans(SpanKind.EVENT).stream()
                .filter(span -> ((EventDetail) span.getDetail()).getCount() == 4)
                .findFirst()
                .orElseThrow();
        assertThat(jump.getStartMicros()).hasToString("2026-11-23T08:00:01Z");
        assertThat(jump.getEndMicros()).hasToString("2026-11-23T08:00:09Z");
    }

    @Test
    void bothApisAreViewsOfOneEvent() {
        write(
                "events.k8s.io",
                series(5, "\"reason\":\"R\",\"note\":\"n\",\"eventTime\":\"2026-11-23T08:00:01.000001Z\""));
        write("", core(6, "\"reason\":\"R\",\"message\":\"n\",\"count\":2,\"lastTimestamp\":\"2026-11-23T08:00:09Z\""));

        assertThat(occurrences()).extracting(EventDetail::getObserved).containsExactly(1, 1);
        assertThat(occurrences()).extracting(EventDetail::getMessage).containsOnly("n");
        assertThat(cases.spans(SpanKind.EVENT)).allSatisfy(span -> {
            assertThat(span.getObject().getUid()).isEqualTo("rs-uid");
            assertThat(span.getObject().getResource()).isEqualTo("replicasets");
        });
    }

    @Test
    void aSeriesIsTimedByItsLastObservation() {
        write(
                "events.k8s.io",
                series(
                        5,
                        "\"reason\":\"R\",\"type\":\"Warning\",\"action\":\"Binding\",\"eventTime\":\"2026-11-23T08:00:01.000001Z\","
                                + "\"reportingController\":\"default-scheduler\",\"series\":{\"count\":7,\"lastObservedTime\":\"2026-11-23T08:00:30.000009Z\"}"));

        assertThat(occurrences()).singleElement().satisfies(event -> {
            assertThat(event.getSeries()).isTrue();
            assertThat(event.getCount()).isEqualTo(7);
            assertThat(event.getObserved()).isEqualTo(7);
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getAction()).isEqualTo("Binding");
            assertThat(event.getReporter()).isEqualTo("default-scheduler");
            assertThat(event.getSubjectResourceVersion()).isEqualTo("42");
        });
        assertThat(cases.spans(SpanKind.EVENT).getFirst().getEndMicros()).hasToString("2026-11-23T08:00:30.000009Z");
    }

    @Test
    void theDeletionOfAnEventSaysNothingAboutItsSubject() {
        write("", core(5, "\"reason\":\"R\",\"count\":1"));
        cases.feed("""
                {"auditID":"gone","verb":"delete","objectRef":{"resource":"events","apiGroup":null,"name":"web.1"}}""");

        assertThat(cases.spans(SpanKind.EVENT)).hasSize(1);
        assertThat(cases.spans(SpanKind.REQUEST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ScalingReplicaSet|Scaled up replica set web-5d from 0 to 3|ReplicaSet|shop|web-5d",
                "ScalingReplicaSet|Scaled down replica set web-5d to 0|ReplicaSet|shop|web-5d",
                "SuccessfulCreate|Created pod: web-5d-x2v|Pod|shop|web-5d-x2v",
                "SuccessfulCreate|(combined from similar events): Created pod: web-5d-x2v|Pod|shop|web-5d-x2v",
                "SuccessfulDelete|Deleted pod: web-5d-x2v|Pod|shop|web-5d-x2v",
                "SuccessfulCreate|Create Pod queue-0 in StatefulSet queue successful|Pod|shop|queue-0",
                "SuccessfulCreate|create Claim data-queue-0 Pod queue-0 in StatefulSet queue success|PersistentVolumeClaim|shop|data-queue-0",
                "SuccessfulCreate|Created job beat-29|Job|shop|beat-29",
                "SawCompletedJob|Saw completed job: beat-29, condition: Complete|Job|shop|beat-29",
                "Scheduled|Successfully assigned shop/web-5d-x2v to node-1|Node|''|node-1"
            })
    void theMessagesOfControllersNameFurtherObjects(
            String reason, String message, String kind, String namespace, String name) {
        write("", core(5, "\"reason\":\"" + reason + "\",\"message\":\"" + message + "\""));

        assertThat(occurrences().getFirst().getMentions()).containsExactly(new Mention(kind, namespace, name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Other|Created pod: web-5d-x2v",
                "SuccessfulCreate|Created pod: not a name",
                "Scheduled|Successfully"
            })
    void aMessageThatIsNotKnownNamesNothing(String reason, String message) {
        write("", core(5, "\"reason\":\"" + reason + "\",\"message\":\"" + message + "\""));

        assertThat(occurrences().getFirst().getMentions()).isEmpty();
    }

    @Test
    void theRelatedObjectIsNamedToo() {
        write(
                "events.k8s.io",
                series(5, "\"reason\":\"R\",\"related\":{\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"p\"}"));

        assertThat(occurrences().getFirst().getRelated()).isEqualTo("Pod/shop/p");
        assertThat(occurrences().getFirst().getMentions()).containsExactly(new Mention("Pod", "shop", "p"));
    }
}
