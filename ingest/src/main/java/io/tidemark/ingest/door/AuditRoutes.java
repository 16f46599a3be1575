package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.AuditReader;
import io.tidemark.ingest.audit.Redaction;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import java.time.InstantSource;

/** The audit doors that are HTTP, for a router that somebody else owns and serves. */
public final class AuditRoutes implements AutoCloseable {
    private final AuditWebhook webhook;
    private final WorkerExecutor workers;

    public AuditRoutes(Vertx vertx, AuditLog log, Redaction redaction, DoorLimits limits, InstantSource clock) {
        this.workers = vertx.createSharedWorkerExecutor("audit-door", limits.workers());
        AuditIntake intake = new AuditIntake(new AuditReader(limits.audit()), redaction, log, clock);
        this.webhook = new AuditWebhook(intake, limits, workers);
    }

    /** Adds the doors. The router must not read or unpack bodies before them: their bounds apply while reading. */
    public void mount(Router router) {
        router.route("/audit/:cluster").handler(webhook::handle);
    }

    @Override
    public void close() {
        workers.close();
    }
}
