package io.tidemark.ingest.audit;

/** A text of which nothing can be taken: not JSON, not UTF-8, not an EventList, too long. */
public final class UnreadableListException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;
    private final String field;
    private final TextPosition position;

    UnreadableListException(RejectReason reason, String message, String field, TextPosition position) {
        super(message, null, false, false);
        this.reason = reason;
        this.field = field;
        this.position = position;
    }

    public RejectReason reason() {
        return reason;
    }

    /** The field or item to blame, such as {@code kind} or {@code items[17]}; empty when it is the whole text. */
    public String field() {
        return field;
    }

    public TextPosition position() {
        return position;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
