package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.QueryMetric;
import io.tidemark.query.span.SpanStoreException;
import io.tidemark.service.Meters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what answers a request on the query pool and sends its JSON, or a problem document when it fails. */
final class Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FIRST_BYTES = 8_192;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final QueryPool pool;
    private final Meters meters;

    Endpoints(QueryPool pool, Meters meters) {
        this.pool = pool;
        this.meters = meters;
    }

    /** Writes one answer. */
    interface Answer {
        void write(RoutingContext context, JsonGenerator json) throws IOException;
    }

    /** Writes one body. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * @param name of the endpoint, as the metric has it
     */
    void serve(String name, RoutingContext context, Answer answer) {
        long began = System.nanoTime();
        try {
            pool.run(() -> {
                String outcome = answer(context, answer);
                meters.timer(QueryMetric.REQUESTS, name, outcome)
                        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            });
        } catch (Problem busy) {
            refuse(context, busy);
            meters.timer(QueryMetric.REQUESTS, name, "refused").record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    static void refuse(RoutingContext context, Problem problem) {
        if (problem.status() == UNAVAILABLE) {
            context.response().putHeader("Retry-After", "1");
        }
        send(context, problem.status(), "application/problem+json", render(problem::write));
    }

    static Buffer render(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new IllegalStateException("JSON in memory could not be written", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static String answer(RoutingContext context, Answer answer) {
        try {
            send(context, 200, "application/json", render(json -> answer.write(context, json)));
            return "ok";
        } catch (Problem problem) {
            refuse(context, problem);
            return problem.status() < FAILED ? "refused" : "failed";
        } catch (SpanStoreException e) {
            LOG.warn("query failed: path={} cause={}", context.normalizedPath(), e.toString());
            refuse(context, Problem.failed("the span store could not answer; see the log of the server"));
            return "failed";
        } catch (RuntimeException e) {
            LOG.error("query failed: path={}", context.normalizedPath(), e);
            refuse(context, Problem.failed("the query failed; see the log of the server"));
            return "failed";
        }
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
