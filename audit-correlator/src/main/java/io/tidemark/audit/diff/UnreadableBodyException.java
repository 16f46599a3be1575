package io.tidemark.audit.diff;

/** A body is no JSON object. The message gives the offset and what was expected there, never the content. */
public final class UnreadableBodyException extends IllegalArgumentException {
    UnreadableBodyException(String expected, int offset) {
        super("expected " + expected + " at byte " + offset);
    }
}
