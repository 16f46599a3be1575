package io.tidemark.audit.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.SpanKind;
import org.junit.jupiter.api.Test;

/** A request to an aggregated API is audited twice under one audit ID: by who passed it on and by who answered it. */
class AggregatedRequestTest {
    private static final String ON_FLUNDER = """
            "requestURI":"/apis/wardle.example.com/v1alpha1/namespaces/shop/flunders/f","verb":"update",
            "objectRef":{"resource":"flunders","apiGroup":"wardle.example.com","apiVersion":"v1alpha1","name":"f"}""";
    private static final String PASSED_ON = """
            {%s,"user":{"username":"erin"},"impersonatedUser":{"username":"alice"},"sourceIPs":["10.0.0.7"],
             "requestReceivedTimestamp":"2026-11-23T08:00:01.000000Z","stageTimestamp":"2026-11-23T08:00:01.020000Z"}""".formatted(ON_FLUNDER);
    private static final String ANSWERED = """
            {%s,"user":{"username":"%%s"},"sourceIPs":["10.0.0.7","10.0.0.1"],
             "requestReceivedTimestamp":"2026-11-23T08:00:01.003000Z","stageTimestamp":"2026-11-23T08:00:01.017000Z",
             "responseObject":{"kind":"Flunder","apiVersion":"wardle.example.com/v1alpha1","metadata":{"name":"f",
             "namespace":"shop","uid":"u1","resourceVersion":"7","creationTimestamp":"2026-11-23T08:00:00Z"}}}""".formatted(ON_FLUNDER);

    private final Cases cases = new Cases();

    @Test
    void isOneSpanWithTheBodiesOfTheOneAndTheCallerOfTheOther() {
        assertMerged(cases.feed(PASSED_ON).feed(ANSWERED.formatted("alice")));
    }

    @Test
    void isTheSameSpanWhenTheFullerEventComesFirst() {
        assertMerged(cases.feed(ANSWERED.formatted("alice")).feed(PASSED_ON));
    }

    @Test
    void isTheSameSpanWhenBothComeTwice() {
        assertMerged(cases.feed(PASSED_ON)
                .feed(ANSWERED.formatted("alice"))
                .feed(PASSED_ON)
                .feed(ANSWERED.formatted("alice")));
    }

    @Test
    void isOneSpanWhenTheStateWasLostAndTheyComeAgainInTheOtherOrder() {
        cases.feed(PASSED_ON).loseState().feed(ANSWERED.formatted("alice")).feed(PASSED_ON);

        assertThat(cases.spans(SpanKind.REQUEST))
                .singleElement()
                .satisfies(request -> assertThat(request.getObject().getUid()).isEqualTo("u1"));
    }

    private static void assertMerged(Cases cases) {
        RequestDetail request = cases.request("a");
        assertThat(request.getEffect()).isEqualTo(Effect.UPDATED);
        assertThat(request.getResourceVersion()).isEqualTo("7");
        assertThat(request.getUser()).isEqualTo("erin");
        assertThat(request.getImpersonated()).isEqualTo("alice");
        assertThat(request.getSourceIps()).containsExactly("10.0.0.7");
        assertThat(cases.span("a").getObject().getUid()).isEqualTo("u1");
        assertThat(cases.spans(SpanKind.OBJECT))
                .singleElement()
                .satisfies(object -> assertThat(object.getObject().getUid()).isEqualTo("u1"));
    }

    @Test
    void doesNotTakeAnotherCallersRequestForTheSameBecauseOfItsAuditId() {
        cases.feed(PASSED_ON).feed(ANSWERED.formatted("mallory"));

        assertThat(cases.spans(SpanKind.REQUEST)).hasSize(2);
    }

    @Test
    void doesNotTakeItForTheSameWhenItComesFirstEither() {
        cases.feed(ANSWERED.formatted("mallory")).feed(PASSED_ON);

        assertThat(cases.spans(SpanKind.REQUEST)).hasSize(2);
    }

    @Test
    void doesNotLeaveOutAnythingThatHasABody() {
        String second = ANSWERED.formatted("alice").replace(".003000Z", ".004000Z");
        cases.feed(ANSWERED.formatted("alice")).feed(second);

        assertThat(cases.spans(SpanKind.REQUEST)).hasSize(2);
    }

    @Test
    void doesNotMergeWhatDoesNotLieWithinTheOtherInTime() {
        cases.feed(PASSED_ON).feed(ANSWERED.formatted("alice").replace("08:00:01.017", "08:00:05.017"));

        assertThat(cases.spans(SpanKind.REQUEST)).hasSize(2);
    }

    @Test
    void saysWhyARequestPassedOnHasNoOutcomeOfItsOwn() {
        RequestDetail request = cases.feed(PASSED_ON).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(request.getEffectReason())
                .isEqualTo("the event has no bodies, as those of requests passed on to another API server");
    }
}
