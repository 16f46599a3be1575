package io.tidemark.service;

/** A service did not start; everything that had been started before it is closed again. */
public final class ServiceStartException extends RuntimeException {
    private final String service;

    ServiceStartException(String service, RuntimeException cause) {
        super("service " + service + " did not start: " + cause.getMessage(), cause);
        this.service = service;
    }

    /** Name of the service that did not start. */
    public String service() {
        return service;
    }
}
