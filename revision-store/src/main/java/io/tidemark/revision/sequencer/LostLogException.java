package io.tidemark.revision.sequencer;

/** The log is not the one that the image was made from, or cannot be read by this version: nothing here mends that. */
final class LostLogException extends Exception {
    private static final long serialVersionUID = 1L;

    LostLogException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
