package io.tidemark.revision.client;

import io.vertx.grpc.common.GrpcStatus;

/** A server answered with a status other than OK; the message is the server's own. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final GrpcStatus status;

    RefusedException(GrpcStatus status, String message) {
        super(message);
        this.status = status;
    }

    public GrpcStatus status() {
        return status;
    }

    /** Whether the server says that it cannot now; a write that was refused so may be done all the same. */
    public boolean isUnavailable() {
        return status == GrpcStatus.UNAVAILABLE || status == GrpcStatus.DEADLINE_EXCEEDED;
    }
}
