package io.tidemark.ingest.door;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The audit doors that are HTTP, for a router that somebody else owns and serves. */
final class AuditRoutes implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;

    private final AuditWebhook webhook;
    private final AuditUpload upload;
    private final WorkerExecutor workers;
    private final DoorAccess access;

    AuditRoutes(Vertx vertx, AuditIntake intake, PositionFile uploads, DoorLimits limits, DoorAccess access) {
        this.workers = vertx.createSharedWorkerExecutor("audit-door", limits.workers());
        this.webhook = new AuditWebhook(intake, limits, workers);
        this.upload = new AuditUpload(intake, uploads, limits.audit().eventBytes(), limits.uploads());
        this.access = access;
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
        Problem refusal = access.refusal(routing.request(), routing.pathParam("cluster"));
        if (refusal == null) {
            routing.next();
            return;
        }
        if (refusal.status() == UNAUTHORIZED) {
            access.challenge().ifPresent(scheme -> routing.response().putHeader("WWW-Authenticate", scheme));
        }
        DoorRefusal.close(routing.response(), refusal);
    }

    @Override
    public void close() {
        workers.close();
    }
}
