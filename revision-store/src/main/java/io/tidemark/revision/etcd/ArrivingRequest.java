package io.tidemark.revision.etcd;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/** A request whose body is counted before anybody puts it together. */
final class ArrivingRequest extends HttpServerRequestWrapper {
    private final Arrival arrival;
    private Runnable refused = () -> {};

    ArrivingRequest(HttpServerRequest request, Arrival arrival) {
        super((HttpServerRequestInternal) request);
        this.arrival = arrival;
    }

    /** What is to be done when there is no memory for it; what still arrives then is dropped. */
    void whenRefused(Runnable action) {
        refused = action;
    }

    Arrival arrival() {
        return arrival;
    }

    @Override
    public HttpServerRequest handler(Handler<Buffer> handler) {
        if (handler == null) {
            return super.handler(null);
        }
        return super.handler(piece -> {
            if (arrival.takes(piece.length())) {
                handler.handle(piece);
            } else {
                Runnable first = refused;
                refused = () -> {};
                first.run();
            }
        });
    }
}
