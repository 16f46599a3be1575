package io.tidemark.deploy.correlator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log file and one predecessor ({@code name.1}), neither larger than the limit. When it cannot be written, lines are
 * dropped and that is said once: a full disk must not stop the one who logs. One thread writes it.
 */
final class RotatingLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingLog.class);

    private final Path file;
    private final long maxBytes;
    private OutputStream out = OutputStream.nullOutputStream();
    private long bytes;
    private boolean failing;

    RotatingLog(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            bytes = Files.exists(file) ? Files.size(file) : 0;
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            failed(e);
        }
    }

    void line(String text) {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (bytes > 0 && bytes + line.length > maxBytes) {
                rotate();
            }
            out.write(line);
            bytes += line.length;
            failing = false;
        } catch (IOException e) {
            failed(e);
        }
    }

    private void rotate() throws IOException {
        out.close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        bytes = 0;
    }

    private void failed(IOException e) {
        if (!failing) {
            failing = true;
            LOG.warn("The log {} cannot be written, lines are dropped: {}", file, e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            failed(e);
        }
    }
}
