package io.tidemark.query.projector;

/** The span log cannot be read: Kafka is away, the topic is missing, or a record is no span. */
public final class SpanLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpanLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
