package io.tidemark.service;

import java.util.Map;

/**
 * The pages {@code /livez} and {@code /readyz} as data, shaped like those of kube-apiserver: machines read the status
 * code, people add {@code ?verbose}. Live means that no vital service needs a new process; ready means that every
 * service works, if only with a loss. A failed page always lists its checks.
 */
public final class HealthPage {
    private final Services services;

    /**
     * One answer.
     *
     * @param status HTTP status: 200, or 500 when a check failed
     * @param body plain text
     */
    public record Page(int status, String body) {}

    public HealthPage(Services services) {
        this.services = services;
    }

    public Page livez(boolean verbose) {
        return page("livez", services.checkVital(), verbose);
    }

    public Page readyz(boolean verbose) {
        return page("readyz", services.check(), verbose);
    }

    private static Page page(String name, Map<String, Health> checks, boolean verbose) {
        boolean failed = checks.values().stream().anyMatch(Health.Down.class::isInstance);
        if (!failed && !verbose) {
            return new Page(200, "ok");
        }
        StringBuilder body = new StringBuilder();
        checks.forEach((service, health) -> body.append(line(service, health)).append('\n'));
        body.append(name).append(failed ? " check failed\n" : " check passed\n");
        return new Page(failed ? 500 : 200, body.toString());
    }

    private static String line(String service, Health health) {
        return switch (health) {
            case Health.Up up -> "[+]" + service + " ok";
            case Health.Degraded degraded -> "[+]" + service + " ok, degraded: " + degraded.why();
            case Health.Down down -> "[-]" + service + " failed: " + down.why();
        };
    }
}
