package io.tidemark.deploy.http;

import io.tidemark.service.Health;
import io.tidemark.service.HealthWatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * The answer of {@code /statusz}, for people's tools: unlike {@code /readyz} it is always 200, and tells since when each
 * part has been as it is.
 *
 * <pre>
 *   {"ready": false, "version": "0.1.0", "startedAt": "2026-11-23T08:00:00Z", "parts": [
 *     {"name": "correlator", "state": "down", "since": "2026-11-23T08:10:03Z", "detail": "it ended with exit code 137"}]}
 * </pre>
 */
final class StatusJson {
    private StatusJson() {}

    static JsonObject of(String version, Instant started, List<HealthWatch.Part> parts) {
        JsonArray all = new JsonArray();
        parts.forEach(part -> all.add(part(part)));
        return new JsonObject()
                .put("ready", parts.stream().noneMatch(part -> part.health() instanceof Health.Down))
                .put("version", version)
                .put("startedAt", started.toString())
                .put("parts", all);
    }

    private static JsonObject part(HealthWatch.Part part) {
        JsonObject json = new JsonObject()
                .put("name", part.name())
                .put("since", part.since().toString());
        return switch (part.health()) {
            case Health.Up up -> json.put("state", "up").put("detail", "");
            case Health.Degraded degraded -> json.put("state", "degraded").put("detail", degraded.why());
            case Health.Down down -> json.put("state", "down").put("detail", down.why());
        };
    }
}
