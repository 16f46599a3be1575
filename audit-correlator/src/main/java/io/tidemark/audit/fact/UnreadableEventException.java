package io.tidemark.audit.fact;

/** The bytes of an accepted audit event are no JSON object. Doors refuse such events, so the log itself is damaged. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String why) {
        super("an accepted audit event is not readable: " + why);
    }

    UnreadableEventException(Throwable cause) {
        super("an accepted audit event is not readable as JSON: " + cause.getMessage(), cause);
    }
}
