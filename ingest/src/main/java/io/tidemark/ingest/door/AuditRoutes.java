package io.tidemark.ingest.door;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The audit doors that are HTTP, for a router that somebody else owns and serves. */
final class AuditRoutes implements AutoCloseable {
    private static final String BEARER = "Bearer ";

    private final AuditWebhook webhook;
    private final AuditUpload upload;
    private final WorkerExecutor workers;
    private final String token;

    /**
     * Puts the doors together.
     *
     * @param token what clients must send as bearer token; empty lets everybody in
     */
    AuditRoutes(Vertx vertx, AuditIntake intake, PositionFile uploads, DoorLimits limits, String token) {
        this.workers = vertx.createSharedWorkerExecutor("audit-door", limits.workers());
        this.webhook = new AuditWebhook(intake, limits, workers);
        this.upload = new AuditUpload(intake, uploads, limits.audit().eventBytes(), limits.uploads());
        this.token = token;
    }

    /** Adds the doors. The router must not read or unpack bodies before them: their bounds apply while reading. */
    void mount(Router router) {
        router.route("/audit/:cluster").handler(this::admit).handler(webhook::handle);
        router.post("/api/v1/audit/:cluster/upload").handler(this::admit).handler(upload::handle);
        router.get("/api/v1/audit/:cluster/uploads/:file").handler(this::admit).handler(upload::tellPosition);
    }

    long bufferedBytes() {
        return webhook.bufferedBytes();
    }

    private void admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (token.isEmpty() || isToken(request.getHeader("Authorization"))) {
            routing.next();
            return;
        }
        routing.response().putHeader("WWW-Authenticate", "Bearer realm=\"tidemark audit\"");
        DoorRefusal.close(
                routing.response(),
                Problem.of(
                        401,
                        "Unauthorized",
                        "Authorization: expected Bearer with the token of audit.door.token.file."));
    }

    private boolean isToken(@Nullable String header) {
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(
                        header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        workers.close();
    }
}
