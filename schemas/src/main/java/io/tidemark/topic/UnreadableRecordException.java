package io.tidemark.topic;

/** A record on a topic is not what its contract says: foreign bytes, an unknown schema id, or a broken body. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message) {
        super(message);
    }

    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
