package io.tidemark.query.http;

import io.tidemark.query.span.Changes;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanJson;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.SpanStoreException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connected live tail. Looks at short intervals whether the store has more; reads a batch at a time on the query
 * pool and sends it; while the connection does not take more, it reads nothing. All fields belong to the connection's
 * event loop.
 *
 * <pre>
 *   waiting --more in store, connection takes it--> reading --batch sent--> waiting
 *   waiting --too far behind--> told "lagging", number set to the newest --> waiting
 * </pre>
 */
final class TailClient {
    private static final Logger LOG = LoggerFactory.getLogger(TailClient.class);
    private static final long LOOK_MILLIS = 150;
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Context loop;
    private final Source source;
    private long sequence;
    private boolean reading;
    private boolean closed;

    /** Where the spans come from. */
    record Source(SpanStore store, SpanFilter filter, QueryPool pool, QuerySettings.Tail settings) {}

    TailClient(RoutingContext context, Source source, long sequence) {
        this.response = context.response();
        this.vertx = context.vertx();
        this.loop = vertx.getOrCreateContext();
        this.source = source;
        this.sequence = sequence;
    }

    /**
     * @param onSkipped takes how many spans the client was told it misses
     * @param onClose runs once
     */
    void start(DoubleConsumer onSkipped, Runnable onClose) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .write(": connected\nretry: 2000\n\n");
        long look = vertx.setPeriodic(LOOK_MILLIS, timer -> look(onSkipped));
        long heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> {
            if (!response.writeQueueFull()) {
                response.write(": heartbeat\n\n");
            }
        });
        response.exceptionHandler(gone -> LOG.debug("a live tail went away: cause={}", gone.toString()));
        response.closeHandler(end -> {
            if (!closed) {
                closed = true;
                vertx.cancelTimer(look);
                vertx.cancelTimer(heartbeat);
                onClose.run();
            }
        });
    }

    private void look(DoubleConsumer onSkipped) {
        if (closed || reading || response.writeQueueFull() || source.store().sequence() <= sequence) {
            return;
        }
        reading = true;
        long from = sequence;
        try {
            source.pool().run(() -> {
                Changes changes = read(from);
                loop.runOnContext(event -> send(changes, onSkipped));
            });
        } catch (Problem busy) {
            // nothing is lost by looking again at the next interval
            reading = false;
        }
    }

    private Changes read(long from) {
        try {
            return source.store()
                    .changesSince(from, source.filter(), source.settings().batch());
        } catch (SpanStoreException e) {
            LOG.warn("a live tail could not read the span store: cause={}", e.toString());
            return new Changes(List.of(), from, 0);
        }
    }

    private void send(Changes changes, DoubleConsumer onSkipped) {
        reading = false;
        if (closed) {
            return;
        }
        if (changes.remaining() > source.settings().behindMax()) {
            long missed = changes.spans().size() + changes.remaining();
            sequence = Math.max(changes.upTo(), source.store().sequence());
            onSkipped.accept((double) missed);
            response.write(event("lagging", sequence, "{\"skipped\":" + missed + "}"));
            return;
        }
        Buffer events = Buffer.buffer();
        for (Changes.Numbered each : changes.spans()) {
            events.appendString(event("span", each.sequence(), SpanJson.text(each.span())));
        }
        sequence = changes.upTo();
        if (events.length() > 0) {
            response.write(events);
        }
        if (changes.remaining() > 0) {
            look(onSkipped);
        }
    }

    private static String event(String name, long sequence, String data) {
        return "event: " + name + "\nid: " + TailRoute.token(sequence) + "\ndata: " + data + "\n\n";
    }
}
