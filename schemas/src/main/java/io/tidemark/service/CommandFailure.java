package io.tidemark.service;

import java.io.PrintWriter;
import java.util.List;

/** Why a command cannot do what it was asked, and what to try next. Shown as it is, without a stack trace. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, as the exit code tells scripts. */
    public enum Kind {
        FAILED(1),
        USAGE(2),
        NOT_FOUND(3),
        UNAVAILABLE(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Kind kind;

    @SuppressWarnings("serial") // List.copyOf is serializable
    private final List<String> remedies;

    public CommandFailure(Kind kind, String message, String... remedies) {
        super(message);
        this.kind = kind;
        this.remedies = List.of(remedies);
    }

    public Kind kind() {
        return kind;
    }

    /** What to try next, one line each. */
    public List<String> remedies() {
        return remedies;
    }

    /** Prints message and remedies; returns the exit code. */
    public int tell(PrintWriter err) {
        err.println("tidemark: " + getMessage());
        remedies.forEach(remedy -> err.println("  -> " + remedy));
        err.flush();
        return kind.exitCode;
    }
}
