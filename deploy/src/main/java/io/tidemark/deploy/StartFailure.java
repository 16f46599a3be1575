package io.tidemark.deploy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why the platform cannot start, in one line, and what to do about it, in another. Both are shown as they are. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of obstacle it is; tests and exit codes tell them apart by this, never by the text. */
    public enum Kind {
        FOLDER_IN_USE,
        FOLDER_NEWER,
        FOLDER_CORRUPT,
        FOLDER_UNUSABLE,
        DISK_FULL,
        PORT_TAKEN,
        PORT_UNKNOWN,
        KAFKA_UNREACHABLE,
        TOPIC_UNUSABLE,
        BROKER_FAILED,
        DOORS_UNUSABLE,
        REGISTRY_CONFLICT,
        INSECURE_LISTEN,
        TLS_UNUSABLE,
        TOKENS_UNUSABLE,
        INSTALLATION_BROKEN
    }

    private final Kind kind;
    private final String remedy;

    public StartFailure(Kind kind, String message, String remedy) {
        this(kind, message, remedy, null);
    }

    public StartFailure(Kind kind, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    public Kind kind() {
        return kind;
    }

    public String remedy() {
        return remedy;
    }

    /** A port that somebody else listens on. {@code key} is the configuration key that moves ours. */
    public static StartFailure portTaken(String host, int port, String use, String key) {
        return new StartFailure(
                Kind.PORT_TAKEN,
                "port " + port + " on " + host + " (" + use + ") is taken by another process",
                "stop that process, or choose another port with " + key + " (0 takes any free one)");
    }

    /** Too little space to start on. */
    public static StartFailure diskFull(Path folder, long freeBytes, long neededBytes) {
        return new StartFailure(
                Kind.DISK_FULL,
                "the disk of " + folder + " is full: " + megabytes(freeBytes) + " MB free, " + megabytes(neededBytes)
                        + " MB needed",
                "free some space, or point data.dir at another disk; nothing accepted so far is lost");
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
