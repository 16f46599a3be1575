package io.tidemark.ingest.cli;

import io.tidemark.service.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line on the terminal that shows how much of a file was read; drawn by a thread of its own until closed. */
final class ProgressBar implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final int WIDTH = 30;
    private static final double MIB = 1024 * 1024;

    private final AuditSource source;
    private final String label;
    private final PrintWriter err;
    private final Thread drawer;

    private ProgressBar(AuditSource source, String label, PrintWriter err) {
        this.source = source;
        this.label = label;
        this.err = err;
        this.drawer = Thread.ofVirtual().name("progress").unstarted(this::draw);
    }

    static ProgressBar show(AuditSource source, String label, PrintWriter err) {
        ProgressBar bar = new ProgressBar(source, label, err);
        bar.drawer.start();
        return bar;
    }

    private void draw() {
        try {
            while (true) {
                Terminal.draw(err, text(label, source.share(), source.readBytes()));
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Terminal.draw(err, "");
        }
    }

    static String text(String label, double share, long bytes) {
        String read = String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
        if (share < 0) {
            return label + " " + read;
        }
        int done = (int) Math.min(WIDTH, Math.round(share * WIDTH));
        return "%s [%s%s] %3d %% %s"
                .formatted(label, "#".repeat(done), " ".repeat(WIDTH - done), Math.round(share * 100), read);
    }

    @Override
    public void close() {
        drawer.interrupt();
        try {
            drawer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
