package io.tidemark.audit.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies below a request: phases of its latency, and what admission changed. */
class RequestPartsTest {
    private static final String POD = """
            "verb":"create","requestURI":"/api/v1/namespaces/shop/pods","responseStatus":{"code":201},
            "objectRef":{"resource":"pods","apiGroup":null,"name":"p"},
            "requestObject":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","labels":{"app":"web"}},
            "spec":{"containers":[{"name":"web","image":"web:1"}]}},
            "responseObject":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"shop","uid":"u1",
            "resourceVersion":"7"},"spec":{}}""";

    private final Cases cases = new Cases();

    private List<PhaseDetail> details(SpanKind kind) {
        return cases.spans(kind).stream()
                .map(span -> (PhaseDetail) span.getDetail())
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
    }

    @Test
    void eachWebhooksPatchIsDecodedAgainstWhatTheOneBeforeLeft() {
        cases.feed("""
                {%s,"annotations":{
                 "patch.webhook.admission.k8s.io/round_0_index_2":
                 "{\\"configuration\\":\\"mirror\\",\\"webhook\\":\\"m.x\\",\\"patch\\":[{\\"op\\":\\"replace\\",\\"path\\":\\"/spec/containers/0/image\\",\\"value\\":\\"mirror/web:1\\"}],\\"patchType\\":\\"JSONPatch\\"}",
                 "patch.webhook.admission.k8s.io/round_0_index_10":
                 "{\\"configuration\\":\\"mesh\\",\\"webhook\\":\\"i.x\\",\\"patch\\":[{\\"op\\":\\"add\\",\\"path\\":\\"/spec/containers/-\\",\\"value\\":{\\"name\\":\\"proxy\\",\\"image\\":\\"proxy:2\\"}},{\\"op\\":\\"add\\",\\"path\\":\\"/metadata/annotations\\",\\"value\\":{\\"mesh/in\\":\\"yes\\"}}],\\"patchType\\":\\"JSONPatch\\"}",
                 "patch.webhook.admission.k8s.io/round_1_index_2":
                 "{\\"configuration\\":\\"mirror\\",\\"webhook\\":\\"m.x\\",\\"patch\\":[{\\"op\\":\\"replace\\",\\"path\\":\\"/spec/containers/1/image\\",\\"value\\":\\"mirror/proxy:2\\"}],\\"patchType\\":\\"JSONPatch\\"}",
                 "mutation.webhook.admission.k8s.io/round_0_index_2": "{\\"configuration\\":\\"mirror\\",\\"webhook\\":\\"m.x\\",\\"mutated\\":true}",
                 "mutation.webhook.admission.k8s.io/round_0_index_3": "{\\"configuration\\":\\"idle\\",\\"webhook\\":\\"n.x\\",\\"mutated\\":false}"}}""".formatted(POD));

        List<PhaseDetail> steps = details(SpanKind.ADMISSION);
        assertThat(steps)
                .extracting(PhaseDetail::getName)
                .containsExactly(
                        "round_0_index_10 mesh/i.x", "round_0_index_2 mirror/m.x", "round_1_index_2 mirror/m.x");
        assertThat(steps.get(1).getChanges())
                .containsExactly(new Change("spec.containers[name=web].image", "\"web:1\"", "\"mirror/web:1\""));
        assertThat(steps.get(0).getChanges())
                .extracting(Change::getPath)
                .containsExactly("metadata.annotations", "spec.containers[name=proxy]");
        assertThat(steps.get(2).getChanges())
                .as("found where the mesh put it, though its place is a number")
                .containsExactly(new Change("spec.containers[name=proxy].image", "\"proxy:2\"", "\"mirror/proxy:2\""));
        assertThat(cases.spans(SpanKind.ADMISSION))
                .allSatisfy(step -> assertThat(step.getParentSpanId())
                        .isEqualTo(cases.span("a").getSpanId()));
    }

    @Test
    void aPatchThatWasChangedTellsWhatWasPutButNoBefore() {
        cases.feed("""
                {"verb":"patch","requestObject":{"spec":{"replicas":3}},"annotations":{
                 "patch.webhook.admission.k8s.io/round_0_index_0":
                 "{\\"configuration\\":\\"c\\",\\"webhook\\":\\"w\\",\\"patch\\":[{\\"op\\":\\"add\\",\\"path\\":\\"/metadata/labels/team~1a\\",\\"value\\":\\"x\\"},{\\"op\\":\\"remove\\",\\"path\\":\\"/spec/rules/0\\"}],\\"patchType\\":\\"JSONPatch\\"}"}}""");

        assertThat(details(SpanKind.ADMISSION).getFirst().getChanges())
                .containsExactly(
                        new Change("metadata.labels[\"team/a\"]", null, "\"x\""),
                        new Change("spec.rules[0]", null, null));
    }

    @Test
    void aWebhookThatChangedSomethingIsToldEvenWhenTheLevelHidesWhat() {
        cases.feed("""
                {"level":"Metadata","annotations":{"mutation.webhook.admission.k8s.io/round_0_index_1":
                 "{\\"configuration\\":\\"c\\",\\"webhook\\":\\"w\\",\\"mutated\\":true}"}}""");

        assertThat(details(SpanKind.ADMISSION)).singleElement().satisfies(step -> {
            assertThat(step.getName()).isEqualTo("round_0_index_1 c/w");
            assertThat(step.getPatch()).isEmpty();
        });
    }

    @Test
    void aPatchThatDoesNotFitWhatWasSentIsLeftOutWhereItDoesNot() {
        cases.feed("""
                {%s,"annotations":{"patch.webhook.admission.k8s.io/round_0_index_0":
                 "{\\"configuration\\":\\"c\\",\\"webhook\\":\\"w\\",\\"patch\\":[{\\"op\\":\\"replace\\",\\"path\\":\\"/spec/containers/4/image\\",\\"value\\":\\"x\\"},{\\"op\\":\\"add\\",\\"path\\":\\"/spec/tolerations/-\\",\\"value\\":{\\"key\\":\\"k\\"}},{\\"op\\":\\"add\\",\\"path\\":\\"/spec/nodeSelector/pool\\",\\"value\\":\\"blue\\"}],\\"patchType\\":\\"JSONPatch\\"}"}}""".formatted(POD));

        assertThat(details(SpanKind.ADMISSION).getFirst().getChanges())
                .extracting(Change::getPath)
                .containsExactly("spec.tolerations", "spec.nodeSelector");
    }

    @Test
    void phasesLieWithinTheirRequestHoweverLongTheyAreTogether() {
        cases.feed("""
                {"stageTimestamp":"2026-11-23T08:00:02.000000Z","annotations":{
                 "apiserver.latency.k8s.io/total":"1s","apiserver.latency.k8s.io/etcd":"700ms",
                 "apiserver.latency.k8s.io/apf-queue-wait":"200.5ms","apiserver.latency.k8s.io/mutating-webhook":"400ms",
                 "apiserver.latency.k8s.io/response-write":"3s","apiserver.latency.k8s.io/authentication":"12µs"}}""");

        Span request = cases.span("a");
        assertThat(cases.spans(SpanKind.PHASE)).hasSize(5).allSatisfy(phase -> {
            assertThat(phase.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(phase.getStartMicros())
                    .isAfterOrEqualTo(request.getStartMicros())
                    .isBeforeOrEqualTo(phase.getEndMicros());
            assertThat(phase.getEndMicros()).isBeforeOrEqualTo(request.getEndMicros());
        });
        assertThat(details(SpanKind.PHASE))
                .extracting(phase -> phase.getName() + " " + phase.getDurationMicros())
                .as("the durations are what the API server measured")
                .containsExactly(
                        "apf-queue-wait 200500",
                        "authentication 12",
                        "etcd 700000",
                        "mutating-webhook 400000",
                        "response-write 3000000");
        Span queue = cases.spans(SpanKind.PHASE).stream()
                .filter(span -> ((PhaseDetail) span.getDetail()).getName().equals("apf-queue-wait"))
                .findFirst()
                .orElseThrow();
        assertThat(queue.getStartMicros()).hasToString("2026-11-23T08:00:01.000012Z");
    }

    @Test
    void theConstraintThatAllowedAnImpersonationIsKept() {
        RequestDetail request = cases.feed("""
                {"user":{"username":"erin"},"impersonatedUser":{"username":"alice"},
                 "authenticationMetadata":{"impersonationConstraint":"impersonate:user-info"}}""").request("a");

        assertThat(request.getUser()).isEqualTo("erin");
        assertThat(request.getImpersonated()).isEqualTo("alice");
        assertThat(request.getImpersonationConstraint()).isEqualTo("impersonate:user-info");
    }

    @Test
    void theRecordedImpersonationIsReadWhole() {
        RequestDetail request = cases.feedRecorded("c459133d-fe50-4e82-9f26-c0f70e757894")
                .request("c459133d-fe50-4e82-9f26-c0f70e757894");

        assertThat(request.getUser()).isEqualTo("erin");
        assertThat(request.getImpersonated()).isEqualTo("alice");
        assertThat(request.getImpersonationConstraint()).startsWith("impersonate:");
    }
}
