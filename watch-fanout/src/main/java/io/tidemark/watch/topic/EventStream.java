package io.tidemark.watch.topic;

import io.netty.buffer.Unpooled;
import io.tidemark.watch.view.Told;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client of Server-Sent Events. */
final class EventStream implements Client {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Buffer BEAT = Buffer.buffer(": heartbeat\n\n");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final int unreadBytes;
    /** What goes out in one piece when what is under way on the loop is done. */
    private final List<byte[]> pending = new ArrayList<>();

    /** The id it begins with, as a line; empty while that is not known. */
    private String place = "";

    private int pendingBytes;
    private boolean begun;
    private Runnable drained = () -> {};
    private Runnable gone = () -> {};

    EventStream(HttpServerRequest request, int unreadBytes, Context loop) {
        this.request = request;
        this.unreadBytes = unreadBytes;
        this.loop = loop;
        this.response = request.response();
        response.setWriteQueueMaxSize(unreadBytes);
    }

    @Override
    public Framing framing() {
        return Framing.EVENTS;
    }

    /** An id without an event: nobody is told of it, and who asks again sends it. */
    @Override
    public void startsBehind(long revision) {
        place = "id: " + revision + "\n";
    }

    @Override
    public void begin() {
        if (!begun) {
            begun = true;
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    // not compressed, which would be done again for each client
                    .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                    .putHeader("X-Accel-Buffering", "no")
                    .putHeader("X-Content-Type-Options", "nosniff");
            response.write("retry: 1000\n" + place + "\n");
        }
    }

    @Override
    public void end(Problem problem) {
        if (begun) {
            write(new Told(Told.PROBLEM, 0, false, problem.json()));
            end();
        } else {
            refuse(request, problem);
        }
    }

    /** Answers a request with a problem. */
    static void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (problem.isForLater()) {
            response.putHeader("Retry-After", "1");
        }
        if (problem.status() == 401) {
            response.headers()
                    .add("WWW-Authenticate", "Bearer")
                    .add("WWW-Authenticate", "Basic realm=\"tidemark\", charset=\"UTF-8\"");
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(Buffer.buffer(problem.json()));
    }

    @Override
    public void end() {
        if (!response.ended() && !response.closed()) {
            begin();
            flush();
            response.end();
        }
    }

    @Override
    public void write(Framing.Messages messages) {
        begin();
        if (pending.isEmpty()) {
            loop.runOnContext(ignored -> flushed());
        }
        for (byte[] each : messages.pieces()) {
            pending.add(each);
            pendingBytes += each.length;
        }
    }

    private void flush() {
        if (!pending.isEmpty() && !response.closed() && !response.ended()) {
            response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(pending.toArray(byte[][]::new))));
        }
        pending.clear();
        pendingBytes = 0;
    }

    private void flushed() {
        flush();
        if (!response.closed() && !response.ended() && !response.writeQueueFull()) {
            drained.run(); // it may have been full of what was pending
        }
    }

    @Override
    public void beat() {
        response.write(BEAT);
    }

    @Override
    public boolean isFull() {
        return pendingBytes >= unreadBytes || response.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable then) {
        drained = then;
        response.drainHandler(ignored -> then.run());
    }

    @Override
    public void whenGone(Runnable then) {
        gone = then;
        response.exceptionHandler(away -> LOG.debug("a watch topic's client went away: cause={}", away.toString()));
        response.closeHandler(ignored -> gone());
        request.connection().shutdownHandler(ignored -> {
            gone();
            end();
        });
        if (response.closed()) {
            gone(); // before anybody listened
        }
    }

    private void gone() {
        Runnable first = gone;
        gone = () -> {};
        first.run();
    }
}
