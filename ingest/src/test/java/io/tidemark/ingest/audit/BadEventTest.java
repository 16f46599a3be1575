package io.tidemark.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bad-input table of events: what is refused, with which reason and words. */
class BadEventTest {
    private final AuditReader reader = new AuditReader(AuditLimits.DEFAULT);

    static Stream<Arguments> badEvents() {
        return Stream.of(unreadableEvents(), wrongKinds(), missingFields(), wrongValues(), wrongTimes())
                .flatMap(events -> events);
    }

    static Stream<Arguments> unreadableEvents() {
        return Stream.of(
                bad("", RejectReason.TRUNCATED_JSON, "the text is empty"),
                bad(
                        "{\"kind\":\"Event\"",
                        RejectReason.TRUNCATED_JSON,
                        "the JSON stops at byte 15 (line 1, column 16)"),
                bad("{\"kind\":Event}", RejectReason.MALFORMED_JSON, "malformed JSON: byte 0x"),
                bad(Samples.EVENT + "}", RejectReason.MALFORMED_JSON, "malformed JSON"),
                bad("[]", RejectReason.WRONG_KIND, "expected an audit Event, found an array"),
                bad("{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}", RejectReason.TOO_DEEP, "nested too deeply"));
    }

    static Stream<Arguments> wrongKinds() {
        return Stream.of(
                bad(
                        Samples.with("\"kind\":\"Event\"", "\"kind\":\"Pod\""),
                        RejectReason.WRONG_KIND,
                        "kind: expected Event, found \"Pod\""),
                bad(
                        Samples.with("\"kind\":\"Event\",", ""),
                        RejectReason.MISSING_FIELD,
                        "kind: expected Event, found nothing"),
                bad(
                        Samples.with("audit.k8s.io/v1", "audit.k8s.io/v1beta1"),
                        RejectReason.UNSUPPORTED_VERSION,
                        "apiVersion: expected audit.k8s.io/v1, found \"audit.k8s.io/v1beta1\""),
                bad(
                        Samples.with("audit.k8s.io/v1", "v1"),
                        RejectReason.WRONG_KIND,
                        "apiVersion: expected audit.k8s.io/v1, found \"v1\""));
    }

    static Stream<Arguments> missingFields() {
        return Stream.of(
                missing("\"auditID\":\"id-1\",", "auditID"),
                missing("\"stage\":\"ResponseComplete\",", "stage"),
                missing("\"requestURI\":\"/api/v1/namespaces/shop/pods/p\",", "requestURI"),
                missing("\"verb\":\"get\",", "verb"),
                missing("\"requestReceivedTimestamp\":\"2026-11-23T08:17:47.079384Z\",", "requestReceivedTimestamp"),
                missing(",\"stageTimestamp\":\"2026-11-23T08:17:47.081000Z\"", "stageTimestamp"));
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                bad(
                        Samples.with("\"id-1\"", "17"),
                        RejectReason.WRONG_TYPE,
                        "auditID: expected a string, found a number"),
                bad(
                        Samples.with("\"resource\":\"pods\"", "\"resource\":[\"pods\"]"),
                        RejectReason.WRONG_TYPE,
                        "objectRef.resource: expected a string, found an array"),
                bad(
                        Samples.with("ResponseComplete", "Finished"),
                        RejectReason.UNKNOWN_STAGE,
                        "stage: expected RequestReceived, ResponseStarted, ResponseComplete or Panic, found \"Finished\""),
                bad(
                        Samples.with("\"user\":{", "\"requestObject\":\"" + "x".repeat(10_000_000) + "\",\"user\":{"),
                        RejectReason.TOO_LARGE,
                        "the event has 10000443 bytes, the limit is 1000000"));
    }

    static Stream<Arguments> wrongTimes() {
        return Stream.of(
                bad(
                        Samples.with("2026-11-23T08:17:47.079384Z", "yesterday"),
                        RejectReason.UNREADABLE_TIME,
                        "requestReceivedTimestamp: expected RFC 3339 such as 2026-11-23T08:17:47.079384Z, found \"yesterday\""),
                bad(
                        Samples.with("2026-11-23T08:17:47.079384Z", "2026-02-30T08:17:47.079384Z"),
                        RejectReason.UNREADABLE_TIME,
                        "requestReceivedTimestamp: expected RFC 3339"),
                bad(
                        Samples.with("2026-11-23T08:17:47.079384Z", "1970-01-01T00:00:00.000000Z"),
                        RejectReason.ABSURD_TIME,
                        "requestReceivedTimestamp: expected a time from 2014-01-01T00:00:00Z on, found 1970-01-01T00:00:00Z"),
                bad(
                        Samples.with("2026-11-23T08:17:47.081000Z", "2026-11-25T00:00:00.000001Z"),
                        RejectReason.ABSURD_TIME,
                        "stageTimestamp: expected a time at most 24 h after this machine's clock (2026-11-24T00:00:00Z),"
                                + " found 2026-11-25T00:00:00.000001Z"),
                bad(
                        Samples.with("2026-11-23T08:17:47.081000Z", "2026-11-23T08:10:00.000000Z"),
                        RejectReason.ABSURD_TIME,
                        "stageTimestamp: expected at most 300 s before requestReceivedTimestamp"
                                + " 2026-11-23T08:17:47.079384Z, found 2026-11-23T08:10:00Z"));
    }

    @ParameterizedTest
    @MethodSource("badEvents")
    void refusesBadEvents(String event, RejectReason reason, String message) {
        RejectedItem refused = (RejectedItem) reader.readLine(Samples.bytes(event), Samples.NOW_MICROS);
        assertThat(refused.message()).startsWith(message).endsWith(reason.advice());
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.sizeBytes()).isEqualTo(event.length());
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void refusesWhatIsNotUtf8(byte[] bad, int invalidAt) {
        RejectedItem refused = (RejectedItem) reader.readLine(ByteSlice.of(bad), Samples.NOW_MICROS);
        assertThat(refused.reason()).isEqualTo(RejectReason.NOT_UTF8);
        assertThat(refused.message()).contains("at byte " + invalidAt + " (line 1, column " + (invalidAt + 1) + ")");
    }

    static Stream<Arguments> notUtf8() {
        return Stream.of(
                Arguments.of("{\"a\":\"gr\u00fcn\"}".getBytes(StandardCharsets.ISO_8859_1), 8),
                Arguments.of(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}, 1), // overlong
                Arguments.of(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, 1), // surrogate
                Arguments.of(new byte[] {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'}, 1),
                Arguments.of(new byte[] {'"', (byte) 0xe2, (byte) 0x82}, 1),
                Arguments.of("{}".getBytes(StandardCharsets.UTF_16LE), 1));
    }

    private static Arguments missing(String piece, String field) {
        return bad(
                Samples.with(piece, ""),
                RejectReason.MISSING_FIELD,
                field + ": expected a non-empty string, found nothing");
    }

    private static Arguments bad(String event, RejectReason reason, String message) {
        return Arguments.of(event, reason, message);
    }
}
