package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Alarm;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What etcd answers to plain HTTP on the same port: kubeadm asks for the version, monitoring for health and metrics. */
final class PlainPages {
    private static final Set<String> PATHS = Set.of("/version", "/health", "/metrics");

    private final Store store;
    private final CheckPages checks;
    private final Supplier<String> metrics;

    /** @param patience how long a read may wait for the log */
    PlainPages(Store store, Duration patience, Supplier<String> metrics) {
        this.store = store;
        this.checks = new CheckPages(store, patience);
        this.metrics = metrics;
    }

    void answer(HttpServerRequest request, Loop loop) {
        HttpServerResponse response = request.response();
        boolean checked = CheckPages.has(request.path());
        if (!checked && !PATHS.contains(request.path())) {
            text(response, 404, "404 page not found\n");
        } else if (!HttpMethod.GET.equals(request.method())) {
            response.putHeader("allow", "GET");
            text(response, 405, "Method Not Allowed\n");
        } else if (checked) {
            checks.answer(request, loop);
        } else {
            page(request, loop);
        }
    }

    private void page(HttpServerRequest request, Loop loop) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/version" ->
                json(
                        response,
                        new JsonObject().put("etcdserver", Node.VERSION).put("etcdcluster", Node.CLUSTER_VERSION));
            case "/health" -> health(request);
            case "/metrics" ->
                loop.aside(
                        metrics::get,
                        text -> response.putHeader("content-type", MetricsPage.TYPE)
                                .end(text),
                        failure -> response.setStatusCode(503).end());
            default -> throw new IllegalStateException("no page " + request.path());
        }
    }

    /** JSON that etcd does not call so. Alarms tell first; {@code ?exclude=NOSPACE} leaves those of that kind out. */
    private void health(HttpServerRequest request) {
        String alarm = alarm(request.params().getAll("exclude"));
        String reason = alarm.isEmpty() ? store.sequencer().state().why() : alarm;
        JsonObject body = new JsonObject()
                .put("health", Boolean.toString(reason.isEmpty()))
                .put("reason", reason);
        request.response()
                .setStatusCode(status(reason))
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(body.encode() + (reason.isEmpty() ? "" : "\n"));
    }

    private String alarm(List<String> excluded) {
        return store.image().alarms().all().stream()
                .filter(alarm -> !excluded.contains(Answers.kind(alarm)))
                .findFirst()
                .map(alarm -> "ALARM "
                        + (alarm.kind() == Alarm.NO_SPACE || alarm.kind() == Alarm.CORRUPT
                                ? Answers.kind(alarm)
                                : "UNKNOWN"))
                .orElse("");
    }

    private static int status(String reason) {
        return reason.isEmpty() ? 200 : 503;
    }

    /** Answers with a text, as Go's servers do. */
    static void text(HttpServerResponse response, int status, String text) {
        response.setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .putHeader("x-content-type-options", "nosniff")
                .end(text);
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("content-type", "application/json").end(body.encode());
    }
}
