package io.tidemark.revision.store;

/** The image cannot be used, or not any more. What it held is in the log. */
public final class ImageUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is to be done about it. */
    public enum Reason {
        /** Its files are not what was written: delete the folder and make the image again from the log. */
        DAMAGED,
        /** It was written by another version of this program: delete the folder and make it again. */
        OTHER_FORMAT,
        /** A write broke off in the middle, or the process ended in one: delete the folder and make it again. */
        UNFINISHED,
        /** A file could not be written, after which RocksDB takes no more: close the image and open it again. */
        STOPPED,
        /** The disk is full, a file may not be used, or another process has the image open: deleting it does not help. */
        DISK
    }

    private final Reason reason;

    ImageUnusableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ImageUnusableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether deleting the folder and applying the log again helps. */
    public boolean canBeMadeAgain() {
        return reason != Reason.DISK && reason != Reason.STOPPED;
    }
}
