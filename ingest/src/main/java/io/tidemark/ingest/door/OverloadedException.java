package io.tidemark.ingest.door;

/** Too much is on its way already: nothing was taken, try again shortly. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverloadedException(String message) {
        super(message, null, false, false);
    }
}
