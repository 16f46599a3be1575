package io.tidemark.revision.log;

/** The log cannot be asked or read now; it may be tried again. */
public final class LogUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public LogUnavailableException(String message) {
        super(message);
    }
}
