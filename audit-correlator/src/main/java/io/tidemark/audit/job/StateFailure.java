package io.tidemark.audit.job;

import org.jspecify.annotations.Nullable;

/** The state backend failed: the job stops and goes on from its last checkpoint. */
final class StateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StateFailure(String what, Exception cause) {
        super("the correlator's state cannot be " + what, cause);
    }

    /** Something done to Flink's state, which declares that anything can go wrong. */
    interface Access<T extends @Nullable Object> {
        T run() throws Exception;
    }

    static <T extends @Nullable Object> T guard(String what, Access<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new StateFailure(what, e);
        }
    }
}
