package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.TextPosition;
import io.tidemark.ingest.audit.UnreadableListException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Which answer each failure at an audit door gets. */
final class DoorRefusal {
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final String RETRY_AFTER_SECONDS = "1";

    private DoorRefusal() {}

    /** What is wrong with the head of a request, or null. */
    static @Nullable Problem ofHead(HttpServerRequest request, String cluster) {
        if (!request.method().equals(HttpMethod.POST)) {
            return Problem.of(
                    405, "Method not allowed", "Audit events are sent by POST, not " + request.method() + ".");
        }
        if (!ClusterName.isValid(cluster)) {
            return new Problem(
                    400,
                    "Invalid cluster name",
                    "cluster: expected " + ClusterName.RULE + ".",
                    new JsonObject().put("field", "cluster"));
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return Problem.of(415, "Unsupported media type", "Content-Type: expected application/json.");
        }
        return ofEncoding(request);
    }

    /** What is wrong with the Content-Encoding, or null. */
    static @Nullable Problem ofEncoding(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean known = encoding == null || encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("identity");
        return known
                ? null
                : Problem.of(415, "Unsupported content encoding", "Content-Encoding: expected gzip or none.");
    }

    /** The answer to a failure after the body was read. */
    static Problem of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case UnreadableListException e -> unreadable(e);
            case Gzip.TooLargeException e ->
                BoundedBody.tooLarge(e.limitBytes, "has, unpacked, more than " + e.limitBytes + " bytes");
            case Gzip.BrokenException e -> Problem.of(400, "Broken gzip", e.getMessage() + ".");
            case OverloadedException e -> Problem.of(503, "Door is full", e.getMessage() + ". Send it again later.");
            case AppendFailedException e ->
                Problem.of(503, "Log does not confirm", e.getMessage() + ". Send the whole list again.");
            default ->
                Problem.of(500, "Door failed", "The door failed in a way that it should not; its log has the reason.");
        };
    }

    /** Answers with the problem; after 503 the client is told when to come again. */
    static void send(HttpServerResponse response, Problem problem) {
        if (problem.status() == 503) {
            response.putHeader(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 405) {
            response.putHeader(HttpHeaders.ALLOW, "POST");
        }
        problem.send(response);
    }

    /** Answers while the body is still coming: the connection ends with it. */
    static void close(HttpServerResponse response, Problem problem) {
        if (!response.ended() && !response.closed()) {
            if (response.streamId() < 0) { // HTTP/1: with several streams on a connection, the others go on
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            send(response, problem);
        }
    }

    private static Problem unreadable(UnreadableListException e) {
        TextPosition at = e.position();
        JsonObject more = new JsonObject()
                .put("reason", e.reason().name())
                .put(
                        "position",
                        new JsonObject()
                                .put("byte", at.byteOffset())
                                .put("line", at.line())
                                .put("column", at.column()));
        if (!e.field().isEmpty()) {
            more.put("field", e.field());
        }
        String detail = e.getMessage() + " " + e.reason().advice();
        return switch (e.reason()) {
            case TOO_MANY_EVENTS -> new Problem(413, "Too many events", detail, more);
            case MALFORMED_JSON, TRUNCATED_JSON, NOT_UTF8, TOO_DEEP ->
                new Problem(400, "Unreadable audit list", detail, more);
            case WRONG_KIND,
                    UNSUPPORTED_VERSION,
                    MISSING_FIELD,
                    WRONG_TYPE,
                    TOO_LARGE,
                    UNKNOWN_STAGE,
                    UNREADABLE_TIME,
                    ABSURD_TIME -> new Problem(400, "Not an audit.k8s.io/v1 EventList", detail, more);
        };
    }
}
