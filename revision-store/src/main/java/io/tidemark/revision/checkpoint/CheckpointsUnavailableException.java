package io.tidemark.revision.checkpoint;

/** The topic of checkpoints does not answer now, or does not hold what was asked for. */
public final class CheckpointsUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public CheckpointsUnavailableException(String message) {
        super(message);
    }

    public CheckpointsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
