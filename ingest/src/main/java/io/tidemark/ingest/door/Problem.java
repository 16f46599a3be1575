package io.tidemark.ingest.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * A refusal as RFC 9457 problem document.
 *
 * @param status HTTP status
 * @param title what kind of problem, always the same words for the same kind
 * @param detail what is wrong here and what to do
 * @param more further members, such as field, reason and position
 */
record Problem(int status, String title, String detail, JsonObject more) {
    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("application/problem+json");

    static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, new JsonObject());
    }

    /** Answers with it, unless the client is gone. */
    void send(HttpServerResponse response) {
        if (response.closed() || response.ended()) {
            return;
        }
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .mergeIn(more);
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(body.toBuffer());
    }
}
