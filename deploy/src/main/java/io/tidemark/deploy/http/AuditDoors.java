package io.tidemark.deploy.http;

import io.tidemark.ingest.door.AuditRoutes;
import io.tidemark.ingest.door.DoorLimits;
import io.tidemark.ingest.door.KafkaAuditLog;
import io.tidemark.service.Health;
import io.tidemark.service.Service;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.Map;

/** The audit doors of this process, from the HTTP request to Kafka. */
public final class AuditDoors implements Service {
    private final KafkaAuditLog log;
    private final AuditRoutes routes;

    public AuditDoors(Vertx vertx, Map<String, Object> kafka) {
        this.log = new KafkaAuditLog(kafka, DoorLimits.DEFAULT);
        this.routes = new AuditRoutes(vertx, log, DoorLimits.DEFAULT, InstantSource.system());
    }

    public void mount(Router router) {
        routes.mount(router);
    }

    @Override
    public String name() {
        return "audit-doors";
    }

    @Override
    public void start() {
        // open as soon as the HTTP server is
    }

    @Override
    public Health check() {
        return Health.UP;
    }

    @Override
    public void close() {
        routes.close();
        log.close();
    }
}
