package io.tidemark.revision.checkpoint;

/** What stands in the topic is not a whole checkpoint: a record is missing, or is not what its checksum says. */
final class DamagedCheckpointException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedCheckpointException(String message) {
        super(message);
    }

    DamagedCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
