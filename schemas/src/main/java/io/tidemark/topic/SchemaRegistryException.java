package io.tidemark.topic;

/** A schema registry did not do what it was asked. */
public final class SchemaRegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** Nothing answered, or not in time: asking again later may help. */
        UNREACHABLE,
        /** It answered with an error. */
        REFUSED,
        /** It holds other schemas than the catalogue says; asking again does not help. */
        CONFLICT
    }

    private final Kind kind;

    public SchemaRegistryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SchemaRegistryException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
