package io.tidemark.ingest.door;

import org.jspecify.annotations.Nullable;

/** The log did not confirm all of a batch: some of it may be there, all of it must be appended again. */
public final class AppendFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AppendFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
