package io.tidemark.service;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when each service of a process has been as it is. A change is noticed by {@link #look}, so its time is as exact
 * as looks are frequent. Callable from any thread.
 */
public final class HealthWatch {
    private final Services services;
    private final InstantSource clock;
    private final Map<String, Part> latest = new LinkedHashMap<>();

    /**
     * One service.
     *
     * @param since when it was first seen up, degraded or down without having been anything else meanwhile; another
     *     reason for the same is no change
     */
    public record Part(String name, Health health, Instant since) {}

    public HealthWatch(Services services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    /** Every service as it is now, in start order. */
    public List<Part> look() {
        Map<String, Health> checks = services.check();
        synchronized (latest) {
            Instant now = clock.instant();
            checks.forEach((name, health) -> latest.merge(
                    name,
                    new Part(name, health, now),
                    (before, after) -> new Part(name, health, since(before, after))));
            return new ArrayList<>(latest.values());
        }
    }

    private static Instant since(Part before, Part after) {
        return before.health().getClass() == after.health().getClass() ? before.since() : after.since();
    }
}
