package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.span.SpanStoreException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what answers a request on the query pool and sends its JSON, or a problem document when it fails. */
final class Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FIRST_BYTES = 8_192;
    private static final int UNAVAILABLE = 503;

    private final QueryPool pool;

    Endpoints(QueryPool pool) {
        this.pool = pool;
    }

    /** Writes one answer. */
    interface Answer {
        void write(RoutingContext context, JsonGenerator json) throws IOException;
    }

    void serve(RoutingContext context, Answer answer) {
        try {
            pool.run(() -> {
                try {
                    Buffer body = render(json -> answer.write(context, json));
                    send(context, 200, "application/json", body);
                } catch (Problem problem) {
                    refuse(context, problem);
                } catch (SpanStoreException e) {
                    LOG.warn("query failed: path={} cause={}", context.normalizedPath(), e.toString());
                    refuse(context, Problem.failed("the span store could not answer; see the log of the server"));
                } catch (RuntimeException e) {
                    LOG.error("query failed: path={}", context.normalizedPath(), e);
                    refuse(context, Problem.failed("the query failed; see the log of the server"));
                }
            });
        } catch (Problem busy) {
            refuse(context, busy);
        }
    }

    static void refuse(RoutingContext context, Problem problem) {
        if (problem.status() == UNAVAILABLE) {
            context.response().putHeader("Retry-After", "1");
        }
        send(context, problem.status(), "application/problem+json", render(problem::write));
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static Buffer render(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new IllegalStateException("JSON in memory could not be written", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void send(RoutingContext context, int status, String type, Buffer body) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body);
    }
}
