package io.tidemark.revision.bolt;

import java.io.IOException;

/** A file is none of bbolt, or not all of it is there; the message says what was expected and found where. */
public final class BrokenFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenFileException(String message) {
        super(message);
    }
}
