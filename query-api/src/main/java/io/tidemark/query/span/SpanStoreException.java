package io.tidemark.query.span;

/** The span store could not do what was asked: disk full, engine away, files damaged. */
public class SpanStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpanStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
