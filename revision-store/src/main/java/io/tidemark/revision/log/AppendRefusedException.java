package io.tidemark.revision.log;

/** Nothing was appended, and nothing will be. */
public final class AppendRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public AppendRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    public AppendRefusedException(String message) {
        super(message);
    }
}
