package io.tidemark.tests.robustness;

import io.tidemark.tests.robustness.BadInput.Reject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bad events of docs/reference/bad-input.md, each between good ones, and what the topic of rejects says of them. */
final class BadEvents {
    private static final String AS_WRITTEN = ". Send events as kube-apiserver wrote them.";
    private static final String CLOCK = ". Set the clock of the API server, or that of this machine.";

    static final List<BadInput> ALL =
            Stream.of(events(), kinds(), times()).flatMap(List::stream).toList();

    private BadEvents() {}

    private static List<BadInput> events() {
        String huge =
                BadInputs.GOOD.replace("\"user\":{", "\"requestObject\":\"" + "x".repeat(10_000_000) + "\",\"user\":{");
        return List.of(
                BadInput.event(
                        "an event of 10 MB",
                        huge,
                        new Reject(
                                "TOO_LARGE",
                                "items[1]",
                                "id-1",
                                "the event has " + huge.length()
                                        + " bytes, the limit is 1000000. Let the API server cut"
                                        + " bodies (--audit-webhook-truncate-enabled or --audit-log-truncate-enabled),"
                                        + " record this resource at level Metadata, or raise audit.limit.event.bytes.")),
                missing("auditID", "\"auditID\":\"id-1\",", null),
                missing("stage", "\"stage\":\"ResponseComplete\",", "id-1"),
                missing("requestURI", "\"requestURI\":\"/api/v1/namespaces/n/pods/p\",", "id-1"),
                missing("verb", "\"verb\":\"get\",", "id-1"));
    }

    private static List<BadInput> kinds() {
        return List.of(
                bad(
                        "unknown stage",
                        BadInputs.GOOD.replace("ResponseComplete", "Finished"),
                        "UNKNOWN_STAGE",
                        "stage: expected RequestReceived, ResponseStarted, ResponseComplete or Panic, found \"Finished\""
                                + AS_WRITTEN),
                bad(
                        "a field of another type",
                        BadInputs.GOOD.replace("\"resource\":\"pods\"", "\"resource\":7"),
                        "WRONG_TYPE",
                        "objectRef.resource: expected a string, found a number" + AS_WRITTEN),
                BadInput.event(
                        "an item that is no object",
                        "17",
                        new Reject(
                                "WRONG_TYPE",
                                "items[1]",
                                null,
                                "expected an audit Event, found a number" + AS_WRITTEN)),
                bad(
                        "an item of another kind",
                        BadInputs.GOOD.replace("\"kind\":\"Event\"", "\"kind\":\"Pod\""),
                        "WRONG_KIND",
                        "kind: expected Event, found \"Pod\". Lists of audit events go to the webhook door, files with"
                                + " one event a line to the upload door."));
    }

    private static List<BadInput> times() {
        String received = "2026-11-23T08:17:47.079384Z";
        return List.of(
                bad(
                        "a time that is none",
                        BadInputs.GOOD.replace(received, "yesterday"),
                        "UNREADABLE_TIME",
                        "requestReceivedTimestamp: expected RFC 3339 such as " + received + ", found \"yesterday\""
                                + AS_WRITTEN),
                bad(
                        "a time before audit existed",
                        BadInputs.GOOD.replace(received, "0001-01-01T00:00:00.000000Z"),
                        "ABSURD_TIME",
                        "requestReceivedTimestamp: expected a time from 2014-01-01T00:00:00Z on, found"
                                + " 0001-01-01T00:00:00Z" + CLOCK),
                bad(
                        "a time far from now",
                        BadInputs.GOOD.replace("2026-11-23T08:17:47.081000Z", "9999-12-31T23:59:59.000000Z"),
                        "ABSURD_TIME",
                        "stageTimestamp: expected a time at most 24 h after this machine's clock (NOW), found"
                                + " 9999-12-31T23:59:59Z" + CLOCK),
                bad(
                        "a stage long before its request",
                        BadInputs.GOOD.replace("2026-11-23T08:17:47.081000Z", "2026-11-23T07:00:00.000000Z"),
                        "ABSURD_TIME",
                        "stageTimestamp: expected at most 300 s before requestReceivedTimestamp " + received
                                + ", found 2026-11-23T07:00:00Z" + CLOCK));
    }

    private static BadInput missing(String field, String piece, @Nullable String auditId) {
        String message = field + ": expected a non-empty string, found nothing" + AS_WRITTEN;
        return BadInput.event(
                "no " + field,
                BadInputs.GOOD.replace(piece, ""),
                new Reject("MISSING_FIELD", "items[1]", auditId, message));
    }

    private static BadInput bad(String name, String event, String reason, String message) {
        return BadInput.event(name, event, new Reject(reason, "items[1]", "id-1", message));
    }
}
