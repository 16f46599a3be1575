package io.tidemark.revision.etcd;

import io.tidemark.revision.sequencer.Sequencer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** What etcd answers to plain HTTP on the same port: kubeadm asks for the version, monitoring for health. */
final class PlainPages {
    private final Sequencer sequencer;

    PlainPages(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!HttpMethod.GET.equals(request.method())) {
            response.setStatusCode(405).putHeader("allow", "GET").end();
            return;
        }
        switch (request.path()) {
            case "/version" ->
                json(
                        response,
                        new JsonObject().put("etcdserver", Node.VERSION).put("etcdcluster", Node.CLUSTER_VERSION));
            case "/health" -> health(response);
            case "/livez" -> response.end("ok");
            case "/readyz" ->
                response.setStatusCode(sequencer.isWriting() ? 200 : 503).end(sequencer.isWriting() ? "ok" : reason());
            default -> response.setStatusCode(404).end("404 page not found\n");
        }
    }

    private void health(HttpServerResponse response) {
        boolean healthy = sequencer.isWriting();
        json(
                response.setStatusCode(healthy ? 200 : 503),
                new JsonObject().put("health", Boolean.toString(healthy)).put("reason", healthy ? "" : reason()));
    }

    private String reason() {
        return switch (sequencer.state()) {
            case Sequencer.State.TakingOver waits -> waits.why();
            case Sequencer.State.Stopped stopped -> stopped.why();
            case Sequencer.State.Writing writing -> "";
        };
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("content-type", "application/json").end(body.encode());
    }
}
