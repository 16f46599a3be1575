package io.tidemark.revision.cli;

import io.tidemark.revision.transfer.Progress;
import io.tidemark.revision.transfer.SnapshotDownload;
import io.tidemark.service.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** One line on a terminal that says how far an import is, how fast, and how long it still takes; or how much of a snapshot has come. */
final class ProgressLine implements Progress, SnapshotDownload.Progress, AutoCloseable {
    private static final long PERIOD_NANOS = Duration.ofMillis(200).toNanos();
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;

    private final PrintWriter err;
    private final boolean shown;
    private final long begin = System.nanoTime();
    private long drawn = begin;

    private ProgressLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    static ProgressLine onTerminal(PrintWriter err) {
        return new ProgressLine(err, Terminal.isThere());
    }

    @Override
    public void at(long revision, long done, double share) {
        draw(seconds -> text(revision, done, share, seconds));
    }

    @Override
    public void at(long bytes, long left) {
        draw(seconds ->
                String.format(Locale.ROOT, "snapshot: %,.1f of %,.1f MB", bytes / MEGABYTE, (bytes + left) / MEGABYTE));
    }

    /** @param text of so many seconds since the beginning */
    private void draw(DoubleFunction<String> text) {
        long now = System.nanoTime();
        if (shown && now - drawn > PERIOD_NANOS) {
            drawn = now;
            Terminal.draw(err, text.apply((now - begin) / NANOS));
        }
    }

    static String text(long revision, long done, double share, double seconds) {
        double left = share > 0 ? seconds * (1 - share) / share : 0;
        return String.format(
                Locale.ROOT,
                "revision %,d, %,.0f/s, %.0f %%, %.0f s left",
                revision,
                done / seconds,
                share * 100,
                left);
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown && drawn != begin) {
            Terminal.draw(err, "");
        }
    }
}
