package io.tidemark.revision.log;

/** A record of the log is not what its contract says, or is none of this keyspace: whoever reads on would guess. */
public final class UnreadableEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long offset;

    UnreadableEntryException(long offset, String message, Throwable cause) {
        super("the record at offset " + offset + " cannot be read: " + message, cause);
        this.offset = offset;
    }

    UnreadableEntryException(long offset, String message) {
        super("the record at offset " + offset + " cannot be read: " + message);
        this.offset = offset;
    }

    /** Where the record stands in the log. */
    public long offset() {
        return offset;
    }
}
