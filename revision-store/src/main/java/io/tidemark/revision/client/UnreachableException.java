package io.tidemark.revision.client;

/** No server answered: there is none, it does not speak gRPC, or it took too long. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
