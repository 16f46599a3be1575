package io.tidemark.revision.transfer;

/** A recorded history cannot be imported, and what to do about it. */
public final class HistoryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    HistoryException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    HistoryException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
