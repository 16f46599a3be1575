package io.tidemark.ingest.door;

import io.tidemark.schema.audit.AuditDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one audit log file, as the API server writes it: what is appended is taken line by line, a last line without
 * its line break waits. When the file is renamed away the rest of it is read before the new one; when it is truncated
 * it is read from its beginning. After a restart it goes on at the byte behind the last durable line, also when the
 * file was renamed in the same folder meanwhile, and others after it.
 *
 * <pre>
 *   find -> read to the end -> wait -+-> more bytes: read
 *     ^                              +-> another file at the path, or renamed behind it: find: rest of the old one,
 *     |                              |   those renamed since
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
                } catch (IOException | UncheckedIOException | AppendFailedException e) {
                    trouble(e);
                }
                pause();
            }
        } catch (InterruptedException e) {
            LOG.debug("file {} is no longer followed", file.path());
        } finally {
            if (isOpen()) { // by a fault of ours, which the thread's end logs
                trouble = file.path() + " is no longer followed: see the log, and start again";
            }
        }
    }

    private void trouble(Exception e) {
        String now = file.path() + " is not followed: " + e.getMessage();
        if (!now.equals(trouble)) {
            LOG.warn("audit file cannot be followed cluster={} path={}", file.cluster(), file.path(), e);
        }
        trouble = now;
    }

    /**
     * Opens the file that is at the path now, reads what was renamed away unread before it, then follows it until it is
     * another one. It is opened first: what is renamed from then on comes after it.
     */
    private void followOne() throws IOException, InterruptedException {
        PositionFile.Position known = positions.get(name);
        if (!Files.exists(file.path())) {
            if (known == null) { // what is renamed from now on may never have been seen under its first name
                positions.put(name, PositionFile.Position.nothingSince(positions.nowNanos()));
            }
            trouble = file.path() + " does not exist yet";
            readRenamed(known, null);
            return;
        }
        try (FileIdentity.Opened opened = FileIdentity.open(file.path())) {
            FileChannel channel = opened.channel();
            FileIdentity identity = opened.identity();
            trouble = null;
            boolean same = known != null && identity.isSame(known, channel);
            long offset = same && known != null ? known.offset() : 0;
            if (!same) {
                readRenamed(known, identity);
                if (known != null && !identity.isTelling(channel)) {
                    return; // copied and truncated before it is read, it could not be told from what it is then
                }
            }
            LOG.info("audit file followed cluster={} path={} offset={}", file.cluster(), file.path(), offset);
            positions.put(
                    name,
                    identity.at(offset, channel)); // found again should it be renamed before its first line is read
            follow(channel, identity, open(channel, identity, offset));
        }
    }

    /** The rest of the file that was read last, when it was renamed or copied, and each one since, up to the next. */
    private void readRenamed(PositionFile.@Nullable Position known, @Nullable FileIdentity next)
            throws IOException, InterruptedException {
        if (known == null) {
            return;
        }
        Path renamed = FileIdentity.findElsewhere(file.path(), known);
        List<Path> since = since(known, renamed);
        if (renamed == null) {
            tellLost(known);
        } else {
            readWhole(renamed, known);
        }
        for (Path later : since) {
            if (next != null && next.is(later)) {
                return;
            }
            readWhole(later, null);
        }
    }

    /** What was renamed behind the file read last, the earliest first. */
    private List<Path> since(PositionFile.Position known, @Nullable Path renamed) throws IOException {
        if (renamed == null) {
            return RotatedFiles.since(file.path(), FileTime.from(known.modifiedNanos(), TimeUnit.NANOSECONDS));
        }
        List<Path> since = RotatedFiles.since(file.path(), Files.getLastModifiedTime(renamed));
        return since.subList(since.indexOf(renamed) + 1, since.size());
    }

    /** Whether the next file came and was renamed, too, between two looks, and none is there since. */
    private boolean isOvertaken() throws IOException {
        PositionFile.Position known = positions.get(name);
        return known != null
                && !Files.exists(file.path())
                && !since(known, FileIdentity.findElsewhere(file.path(), known)).isEmpty();
    }

    /** Says once that the file read last is no more: what may have been behind the place read last is not read. */
    private void tellLost(PositionFile.Position known) throws IOException {
        if (FileIdentity.isNumbered(file.path(), known)) {
            LOG.info("audit file was truncated cluster={} path={}", file.cluster(), file.path());
            positions.put(name, PositionFile.Position.nothingSince(known.modifiedNanos()));
        } else if (!known.inode().isEmpty()) {
            LOG.warn(
                    "audit file read last is no more: deleted, packed, truncated or in another folder; what it held"
                            + " behind the offset is not read cluster={} path={} offset={}",
                    file.cluster(),
                    file.path(),
                    known.offset());
            positions.put(name, PositionFile.Position.nothingSince(known.modifiedNanos()));
        }
    }

    /** Reads from the known position on, from the beginning when there is none or the file was truncated since. */
    private void readWhole(Path renamed, PositionFile.@Nullable Position known)
            throws IOException, InterruptedException {
        try (FileIdentity.Opened opened = FileIdentity.open(renamed)) {
            FileChannel channel = opened.channel();
            boolean same = known != null && opened.identity().isSame(known, channel);
            long offset = same && known != null ? known.offset() : 0;
            if (offset > 0 && channel.size() == offset) {
                return;
            }
            LOG.info("audit file read on cluster={} renamed={} offset={}", file.cluster(), renamed, offset);
            positions.put(name, opened.identity().at(offset, channel));
            readToEnd(open(channel, opened.identity(), offset), true);
        }
    }

    private void follow(FileChannel channel, FileIdentity identity, Open open)
            throws IOException, InterruptedException {
        while (isOpen()) {
            long before = channel.position();
            if (channel.size() < before || !identity.stillBegins(channel)) {
                return;
            }
            readToEnd(open, false);
            if (channel.position() == before && (identity.isReplacedAt(file.path()) || isOvertaken())) {
                readToEnd(open, true);
                return;
            }
            if (channel.position() == before) {
                pause();
            }
        }
    }

    private Open open(FileChannel channel, FileIdentity identity, long offset) throws IOException {
        channel.position(offset);
        LineReader lines = new LineReader(Channels.newInputStream(channel), lineBytes, offset, 0);
        LineIntake taking = new LineIntake(
                intake,
                file.cluster(),
                AuditDoor.FILE,
                Integer.MAX_VALUE,
                (end, accepted, rejected) -> keep(end, identity, channel));
        return new Open(lines, taking);
    }

    private void keep(long end, FileIdentity identity, FileChannel channel) {
        try {
            positions.put(name, identity.at(end, channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
