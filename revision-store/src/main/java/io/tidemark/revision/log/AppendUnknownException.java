package io.tidemark.revision.log;

/** Whether the records were appended, or will be, is not known. */
public final class AppendUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    public AppendUnknownException(String message, Throwable cause) {
        super(message, cause);
    }

    public AppendUnknownException(String message) {
        super(message);
    }
}
