package io.tidemark.revision.transfer;

/** A history cannot be carried over, and what to do about it. */
public final class TransferException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    TransferException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    TransferException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
