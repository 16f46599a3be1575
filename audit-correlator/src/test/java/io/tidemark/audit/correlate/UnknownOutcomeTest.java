package io.tidemark.audit.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.SpanKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit log leaves open is said to be open. */
class UnknownOutcomeTest {
    private final Cases cases = new Cases();

    @Test
    void aPanicMayHaveComeAfterTheWrite() {
        RequestDetail request = cases.feed("""
                {"stage":"Panic","responseStatus":{"status":"Failure","reason":"InternalError","code":500,
                 "message":"APIServer panic'd: runtime error: invalid memory address or nil pointer dereference"}}""").request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(request.getEffectReason()).isEqualTo("the API server panicked");
        assertThat(request.getCode()).isEqualTo(500);
        assertThat(request.getMessage()).startsWith("APIServer panic'd");
        assertThat(request.getResourceVersion()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500,InternalError", "503,ServiceUnavailable", "504,Timeout"})
    void aWriteThatEndedWithAServerErrorMayHaveBeenWrittenAllTheSame(int code, String reason) {
        RequestDetail request = cases.feed("""
                {"responseStatus":{"status":"Failure","reason":"%2$s","code":%1$d,"message":"no"},
                 "responseObject":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"%2$s",
                 "code":%1$d}}""".formatted(code, reason)).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(request.getEffectReason()).isEqualTo("server error: it may have been written all the same");
        assertThat(request.getReason()).isEqualTo(reason);
        assertThat(request.getExact()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"400,BadRequest", "403,Forbidden", "404,NotFound", "410,Expired", "422,Invalid", "429,TooManyRequests"})
    void aRefusalWroteNothingAndKeepsItsReason(int code, String reason) {
        RequestDetail request = cases.feed("""
                {"responseStatus":{"status":"Failure","reason":"%2$s","code":%1$d,"message":"no",
                 "details":{"causes":[{"reason":"FieldValueInvalid","field":"spec.replicas","message":"must be >= 0"}]}},
                 "responseObject":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"%2$s",
                 "code":%1$d}}""".formatted(code, reason)).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.FAILED);
        assertThat(request.getReason()).isEqualTo(reason);
        assertThat(request.getCauses())
                .singleElement()
                .satisfies(cause -> assertThat(cause.getField()).isEqualTo("spec.replicas"));
    }

    @Test
    void aSuccessThatTheServerMadeUpClaimsNothing() {
        RequestDetail request = cases.feed("""
                {"responseStatus":{"metadata":{},"status":"Success","code":200,"message":"Connection closed early"}}""").request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(request.getEffectReason()).isEqualTo("the connection closed before the answer was sent");
    }

    @Test
    void bodiesThatWereCutOffLeaveAnUpdateOpen() {
        RequestDetail request = cases.feed("{\"annotations\":{\"audit.k8s.io/truncated\":\"true\"}}")
                .request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(request.getEffectReason()).isEqualTo("the API server cut the bodies off");
        assertThat(request.getTruncated()).isTrue();
    }

    @Test
    void bodiesThatWereCutOffDoNotHideThatACreationSucceeded() {
        RequestDetail request = cases.feed("""
                {"verb":"create","responseStatus":{"code":201},"annotations":{"audit.k8s.io/truncated":"true"}}""").request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.CREATED);
        assertThat(request.getExact()).isFalse();
        assertThat(request.getResourceVersion()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"delete,,200", "deletecollection,,200", "create,eviction,201"})
    void aDeletionWithoutBodiesMayHaveBeenADryRun(String verb, String subresource, int code) {
        String on = subresource == null ? "" : ",\"subresource\":\"" + subresource + "\"";
        RequestDetail request = cases.feed("""
                {"level":"Metadata","verb":"%s","responseStatus":{"code":%d},
                 "objectRef":{"resource":"pods","apiGroup":null%s}}""".formatted(verb, code, on)).request("a");

        assertThat(request.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(request.getEffectReason())
                .isEqualTo("audit level Metadata hides the answer; it may have been a dry run");
    }

    @Test
    void aCreationWhoseNameWasGeneratedStaysUnresolvedWithoutBodies() {
        cases.feed("""
                {"level":"Metadata","verb":"create","responseStatus":{"code":201},
                 "requestURI":"/api/v1/namespaces/shop/pods","objectRef":{"resource":"pods","apiGroup":null,"name":null}}""");

        assertThat(cases.request("a").getEffect()).isEqualTo(Effect.CREATED);
        assertThat(cases.request("a").getEffectReason())
                .isEqualTo("audit level Metadata hides the answer and with it the name");
        assertThat(cases.spans(SpanKind.OBJECT)).as("no object is invented").isEmpty();
    }
}
