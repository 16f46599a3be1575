package io.tidemark.deploy.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.record.FileRecords;

/** Called by the changed class of Kafka, see {@link PowerCut}: notes {@code LENGTH PATH#} for what was forced to disk. */
public final class ForcedRecords {
    static final String NOTES = "tidemark.test.forced";

    /** How long a flush takes at least. */
    static final long SLOW_MILLIS = 6;

    private static final Path FILE = Path.of(System.getProperty(NOTES));
    private static final ThreadLocal<Integer> LENGTH = new ThreadLocal<>();

    private ForcedRecords() {}

    /**
     * What is written from now on may not be forced yet when {@link #done} is called. The disk is slow, so that who sees too
     * early has time to.
     */
    public static void begins(FileRecords records) {
        LENGTH.set(records.sizeInBytes());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS));
    }

    public static void done(FileRecords records) {
        try {
            Files.writeString(
                    FILE,
                    LENGTH.get() + " " + records.file().getAbsolutePath() + "#\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
