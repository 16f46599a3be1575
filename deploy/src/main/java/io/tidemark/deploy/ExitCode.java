package io.tidemark.deploy;

/** Exit codes of {@code tidemark}, the same for all commands. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int UNAVAILABLE = 4;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
