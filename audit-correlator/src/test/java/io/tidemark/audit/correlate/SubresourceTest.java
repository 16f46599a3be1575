package io.tidemark.audit.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subresources belong to their parent; the answer of some is not the parent. */
class SubresourceTest {
    private static final String WEB = """
            {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","namespace":"shop","uid":"u1",
             "resourceVersion":"%d","creationTimestamp":"2026-11-23T08:00:01Z","labels":{"app":"web"}},
             "spec":{"replicas":%d},"status":{"observedGeneration":%d}}""";
    private static final String POD = "\"objectRef\":{\"resource\":\"pods\",\"apiGroup\":null,\"name\":\"p\"";

    private final Cases cases = new Cases();

    private void create() {
        cases.feed("{\"auditID\":\"create\",\"verb\":\"create\",\"responseStatus\":{\"code\":201},\"responseObject\":"
                + WEB.formatted(10, 2, 0) + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "finalize", "approval", "ephemeralcontainers", "resize"})
    void anAnswerThatIsTheParentIsItsNextVersion(String subresource) {
        create();
        RequestDetail request =
                cases.feed("""
                {"requestReceivedTimestamp":"2026-11-23T08:00:02.000000Z","stageTimestamp":"2026-11-23T08:00:02.010000Z",
                 "objectRef":{"subresource":"%s","resourceVersion":"10"},"responseObject":%s}""".formatted(subresource, WEB.formatted(11, 2, 1))).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UPDATED);
        assertThat(request.getSubresource()).isEqualTo(subresource);
        assertThat(request.getResourceVersion()).isEqualTo("11");
        assertThat(request.getExact()).isTrue();
        assertThat(request.getChanges()).containsExactly(new Change("status.observedGeneration", "0", "1"));
        assertThat(cases.span("a").getObject().getKind()).isEqualTo("Deployment");
        assertThat(cases.spans(SpanKind.OBJECT)).hasSize(1);
    }

    @Test
    void aScaleJoinsByVersionAndIsNeverTakenForTheParent() {
        create();
        RequestDetail request = cases.feed("""
                {"verb":"patch","requestReceivedTimestamp":"2026-11-23T08:00:02.000000Z",
                 "stageTimestamp":"2026-11-23T08:00:02.010000Z","objectRef":{"subresource":"scale"},
                 "requestObject":{"spec":{"replicas":5}},
                 "responseObject":{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"web","namespace":"shop",
                 "uid":"u1","resourceVersion":"11","creationTimestamp":"2026-11-23T08:00:01Z"},
                 "spec":{"replicas":5},"status":{"replicas":2,"selector":"app=web"}}}""").request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UPDATED);
        assertThat(request.getResourceVersion()).isEqualTo("11");
        assertThat(request.getTarget()).isEqualTo("replicas=5");
        assertThat(request.getChanges()).containsExactly(new Change("spec.replicas", "2", "5"));
        assertThat(request.getExact()).isFalse();
        assertThat(cases.span("a").getObject().getKind()).isEqualTo("Deployment");
        Span web = cases.spans(SpanKind.OBJECT).getFirst();
        assertThat(((ObjectDetail) web.getDetail()).getLabels()).containsEntry("app", "web");
    }

    @Test
    void anEvictionThatABudgetRefusesIsAFailureWithItsReason() {
        RequestDetail request = cases.feed("""
                {"verb":"create",%s,"subresource":"eviction"},
                 "requestObject":{"kind":"Eviction","apiVersion":"policy/v1","metadata":{"name":"p","namespace":"shop"}},
                 "responseStatus":{"status":"Failure","reason":"TooManyRequests","code":429,
                 "message":"Cannot evict pod as it would violate the pod's disruption budget.",
                 "details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget web needs 12 healthy pods"}]}},
                 "responseObject":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":429}}""".formatted(POD)).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.FAILED);
        assertThat(request.getReason()).isEqualTo("TooManyRequests");
        assertThat(request.getCauses())
                .singleElement()
                .satisfies(cause -> assertThat(cause.getReason()).isEqualTo("DisruptionBudget"));
    }

    @Test
    void anEvictionThatIsGrantedAsksForThePodsDeletion() {
        cases.feed("""
                {"auditID":"create","verb":"create",%s},"responseStatus":{"code":201},"responseObject":{"kind":"Pod",
                 "apiVersion":"v1","metadata":{"name":"p","namespace":"shop","uid":"u2","resourceVersion":"10"}}}""".formatted(POD));
        cases.feed("""
                {"verb":"create",%s,"subresource":"eviction"},"responseStatus":{"code":201,"status":"Success"},
                 "requestReceivedTimestamp":"2026-11-23T08:00:02.000000Z","stageTimestamp":"2026-11-23T08:00:02.010000Z",
                 "requestObject":{"kind":"Eviction","apiVersion":"policy/v1","metadata":{"name":"p","namespace":"shop"}},
                 "responseObject":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}}""".formatted(POD));

        assertThat(cases.request("a").getEffect()).isEqualTo(Effect.ACCEPTED);
        ObjectDetail life =
                (ObjectDetail) cases.spans(SpanKind.OBJECT).getFirst().getDetail();
        assertThat(life.getDeletionRequestedBySpanId())
                .isEqualTo(cases.span("a").getSpanId());
        assertThat(life.getDeletedBySpanId()).as("the grace period comes first").isNull();
    }

    @Test
    void aTokenIsIssuedAndChangesNothing() {
        RequestDetail request = cases.feed("""
                {"verb":"create","level":"Metadata","responseStatus":{"code":201},
                 "objectRef":{"resource":"serviceaccounts","apiGroup":null,"name":"robot","subresource":"token"}}""").request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.ISSUED);
        assertThat(request.getResourceVersion()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "exec,create,pods,101",
        "attach,get,pods,101",
        "portforward,create,pods,101",
        "log,get,pods,200",
        "proxy,get,services,200",
        "proxy,create,nodes,200"
    })
    void aSessionIsAnnouncedWhenItStartsAndEndsOnTheSameSpan(
            String subresource, String verb, String resource, int code) {
        String event = """
                {"stage":"%%s","verb":"%s","responseStatus":{"code":%d},"stageTimestamp":"2026-11-23T0%%d:00:01.010000Z",
                 "requestURI":"/api/v1/namespaces/shop/%s/p/%s?container=c&command=sh",
                 "objectRef":{"resource":"%s","apiGroup":null,"name":"p","subresource":"%s"}}""".formatted(verb, code, resource, subresource, resource, subresource);
        cases.feed(event.formatted("ResponseStarted", 8));
        assertThat(cases.span("a").getEndMicros()).isNull();
        cases.feed(event.formatted("ResponseComplete", 9));

        assertThat(cases.request("a").getEffect()).isEqualTo(Effect.SESSION);
        assertThat(cases.span("a").getStartMicros()).hasToString("2026-11-23T08:00:01Z");
        assertThat(cases.span("a").getEndMicros()).hasToString("2026-11-23T09:00:01.010Z");
    }

    @Test
    void aSessionThatEndedBeforeAnyAnswerSaysSo() {
        RequestDetail request = cases.feed("""
                {"verb":"create","objectRef":{"resource":"pods","apiGroup":null,"subresource":"attach"},
                 "responseStatus":{"metadata":{},"status":"Success","code":200,"message":"Connection closed early"}}""").request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.SESSION);
        assertThat(request.getEffectReason()).isEqualTo("the connection closed before it was answered");
    }

    @ParameterizedTest
    @CsvSource({"update", "patch"})
    void anUpdateThatAnswersCreatedIsACreation(String verb) {
        RequestDetail request =
                cases.feed("""
                {"verb":"%s","responseStatus":{"code":201},"responseObject":%s}""".formatted(verb, WEB.formatted(10, 2, 0))).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.CREATED);
        assertThat(request.getEffectReason()).isEqualTo("created by " + verb);
        assertThat(request.getExact()).isTrue();
        ObjectDetail life =
                (ObjectDetail) cases.spans(SpanKind.OBJECT).getFirst().getDetail();
        assertThat(life.getCreatedBySpanId()).isEqualTo(cases.span("a").getSpanId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json|''|[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":3}]",
                "apply|?fieldManager=team-a&force=true|{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"spec\":{\"replicas\":3}}",
                "merge-or-strategic|?fieldManager=kubectl|{\"spec\":{\"replicas\":3}}",
                "merge-or-strategic|''|{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"spec\":{\"replicas\":3}}"
            })
    void thePatchTypeIsGuessedFromItsShape(String type, String query, String patch) {
        RequestDetail request =
                cases.feed("""
                {"verb":"patch","requestURI":"/apis/apps/v1/namespaces/shop/deployments/web%s","requestObject":%s,
                 "responseObject":%s}""".formatted(query, patch, WEB.formatted(11, 3, 0))).request("a");

        assertThat(request.getPatchType()).isEqualTo(type);
    }
}
