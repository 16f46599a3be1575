package io.tidemark.revision.log;

/** The log does not hold what was read from it before: it was cut, or made anew. Going on would show another history. */
public final class LogTruncatedException extends Exception {
    private static final long serialVersionUID = 1L;

    public LogTruncatedException(String message, Throwable cause) {
        super(message, cause);
    }

    public LogTruncatedException(String message) {
        super(message);
    }
}
