package io.tidemark.revision.cli;

import io.tidemark.revision.transfer.SnapshotDownload;
import io.tidemark.service.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line on a terminal that says how much of a snapshot has come. */
final class DownloadLine implements SnapshotDownload.Progress, AutoCloseable {
    private static final long PERIOD_NANOS = Duration.ofMillis(200).toNanos();
    private static final double MEGABYTE = 1e6;

    private final PrintWriter err;
    private final boolean shown;
    private final long begin = System.nanoTime();
    private long drawn = begin;

    private DownloadLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    static DownloadLine onTerminal(PrintWriter err) {
        return new DownloadLine(err, Terminal.isThere());
    }

    @Override
    public void at(long bytes, long left) {
        long now = System.nanoTime();
        if (shown && now - drawn > PERIOD_NANOS) {
            drawn = now;
            Terminal.draw(
                    err,
                    String.format(
                            Locale.ROOT, "snapshot: %,.1f of %,.1f MB", bytes / MEGABYTE, (bytes + left) / MEGABYTE));
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown && drawn != begin) {
            Terminal.draw(err, "");
        }
    }
}
