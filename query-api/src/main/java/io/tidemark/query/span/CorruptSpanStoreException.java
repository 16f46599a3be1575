package io.tidemark.query.span;

/** What the store reads is not what it wrote. {@link SpanStore#clear} and reading the log again mends it. */
public final class CorruptSpanStoreException extends SpanStoreException {
    private static final long serialVersionUID = 1L;

    public CorruptSpanStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
