package io.tidemark.ingest.door;

import io.tidemark.schema.audit.AuditDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one audit log file, as the API server writes it: what is appended is taken line by line, a last line without
 * its line break waits. When the file is renamed away the rest of it is read before the new one; when it is truncated
 * it is read from its beginning. After a restart it goes on at the byte behind the last durable line, also when the
 * file was renamed in the same folder meanwhile.
 *
 * <pre>
 *   find -> read to the end -> wait -+-> more bytes: read
 *     ^                              +-> another file at the path: rest of the old one, then find
 *     +------------------------------+-> shorter, or another beginning: find
 * </pre>
 */
final class AuditFileTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFileTail.class);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

    private final FollowedFile file;
    private final AuditIntake intake;
    private final PositionFile positions;
    private final int lineBytes;
    private final Duration interval;
    private final String name;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String trouble;
    private @Nullable Thread thread;

    AuditFileTail(FollowedFile file, AuditIntake intake, PositionFile positions, int lineBytes, Duration interval) {
        this.file = file;
        this.intake = intake;
        this.positions = positions;
        this.lineBytes = lineBytes;
        this.interval = interval;
        this.name = file.cluster() + "=" + file.path();
    }

    void start() {
        thread = Thread.ofVirtual().name("audit-file-" + file.cluster()).start(this::run);
    }

    /** What keeps it from following the file, or null. */
    @Nullable
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closing.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                if (!running.join(CLOSE_DEADLINE)) {
                    running.interrupt(); // it waits for a log that does not answer
                    running.join(CLOSE_DEADLINE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause() throws InterruptedException {
        if (closing.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("file {} is no longer followed", file.path());
        }
    }

    private void run() {
        try {
            while (isOpen()) {
                try {
                    followOne();
                    trouble = null;
                } catch (IOException | UncheckedIOException | AppendFailedException e) {
                    trouble(e);
                }
                pause();
            }
        } catch (InterruptedException e) {
            LOG.debug("file {} is no longer followed", file.path());
        }
    }

    private void trouble(Exception e) {
        String now = file.path() + " is not followed: " + e.getMessage();
        if (!now.equals(trouble)) {
            LOG.warn("audit file cannot be followed cluster={} path={}", file.cluster(), file.path(), e);
        }
        trouble = now;
    }

    /** Follows the file that is at the path now, until it is another one. */
    private void followOne() throws IOException, InterruptedException {
        PositionFile.Position known = positions.get(name);
        Path renamed = known == null ? null : FileIdentity.findRenamed(file.path(), known);
        if (known != null && renamed != null) {
            LOG.info("audit file goes on in its renamed file cluster={} path={}", file.cluster(), renamed);
            try (FileChannel channel = FileChannel.open(renamed, StandardOpenOption.READ)) {
                FileIdentity identity = FileIdentity.of(renamed, channel);
                readToEnd(open(channel, identity, known.offset()), true);
            }
        }
        if (!Files.exists(file.path())) {
            trouble = file.path() + " does not exist yet";
            return;
        }
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            FileIdentity identity = FileIdentity.of(file.path(), channel);
            boolean same = known != null && renamed == null && identity.isSame(known, channel);
            long offset = same && known != null ? known.offset() : 0;
            LOG.info("audit file followed cluster={} path={} offset={}", file.cluster(), file.path(), offset);
            trouble = null;
            follow(channel, identity, open(channel, identity, offset));
        }
    }

    private void follow(FileChannel channel, FileIdentity identity, Open open)
            throws IOException, InterruptedException {
        while (isOpen()) {
            long before = channel.position();
            readToEnd(open, false);
            boolean truncated = channel.size() < channel.position() || !identity.stillBegins(channel);
            if (truncated) {
                LOG.info("audit file was truncated cluster={} path={}", file.cluster(), file.path());
                forget();
                return;
            }
            if (channel.position() == before && !identity.isAt(file.path())) {
                readToEnd(open, true);
                forget();
                return;
            }
            if (channel.position() == before) {
                pause();
            }
        }
    }

    /** The file at the path is read from its beginning next. */
    private void forget() {
        positions.put(name, new PositionFile.Position(0, "", 0, ""));
    }

    private Open open(FileChannel channel, FileIdentity identity, long offset) throws IOException {
        channel.position(offset);
        LineReader lines = new LineReader(Channels.newInputStream(channel), lineBytes, offset, 0);
        LineIntake taking = new LineIntake(
                intake,
                file.cluster(),
                AuditDoor.FILE,
                Integer.MAX_VALUE,
                (end, accepted, rejected) -> positions.put(name, identity.at(end)));
        return new Open(lines, taking);
    }

    private record Open(LineReader lines, LineIntake taking) {}

    private static void readToEnd(Open open, boolean last) throws IOException, InterruptedException {
        for (LineReader.Line line = open.lines().next();
                line != null;
                line = open.lines().next()) {
            open.taking().add(line);
        }
        LineReader.Line rest = last ? open.lines().rest() : null;
        if (rest != null) {
            open.taking().add(rest);
        }
        open.taking().flush();
    }
}
