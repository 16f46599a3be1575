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
            case "/health" -> health(response, sequencer.state().why());
            case "/livez" -> response.end("ok");
            case "/readyz" -> readyz(response, sequencer.state().why());
            default -> response.setStatusCode(404).end("404 page not found\n");
        }
    }

    private static void health(HttpServerResponse response, String reason) {
        String healthy = Boolean.toString(reason.isEmpty());
        json(
                response.setStatusCode(status(reason)),
                new JsonObject().put("health", healthy).put("reason", reason));
    }

    private static void readyz(HttpServerResponse response, String reason) {
        response.setStatusCode(status(reason)).end(reason.isEmpty() ? "ok" : reason);
    }

    private static int status(String reason) {
        return reason.isEmpty() ? 200 : 503;
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("content-type", "application/json").end(body.encode());
    }
}
