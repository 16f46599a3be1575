package io.tidemark.revision.checkpoint;

import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageCopy;
import io.tidemark.revision.store.ImageUnusableException;
import io.tidemark.revision.store.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes checkpoints of one image from time to time, on the node that writes, by a thread of its own: neither the writer nor a
 * reader waits for it. Where another node writes it looks what that one took. The newest two are kept.
 */
public final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final Source source;
    private final CheckpointHome home;
    private final CheckpointCodec codec;
    private final Settings settings;
    private final Report report;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Manifest newest;

    /**
     * What is taken.
     *
     * @param keyspace its name
     * @param folder where the image is; the files are put beside it while they are read
     * @param writing whether this node writes the keyspace
     */
    public record Source(String keyspace, Image image, Path folder, BooleanSupplier writing) {}

    /**
     * @param interval between two; zero for never
     * @param changes records of the log, or revisions, behind the newest one that make another one worth its bytes
     * @param bytesPerSecond that are written, at most
     */
    public record Settings(Duration interval, long changes, long bytesPerSecond) {}

    /** Is told what becomes of each one. */
    public interface Report {
        /** It was taken and read back. */
        void taken(Duration took);

        /** It was given up. */
        void failed();
    }

    public Checkpointer(Source source, CheckpointHome home, Settings settings, Report report) {
        this.source = source;
        this.home = home;
        this.codec = new CheckpointCodec(source.keyspace());
        this.settings = settings;
        this.report = report;
        this.thread = Thread.ofPlatform()
                .name("checkpoint-" + source.keyspace())
                .daemon()
                .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** The newest one that counts, as far as it is known here; empty when there is none. */
    public Optional<Manifest> newest() {
        return Optional.ofNullable(newest);
    }

    private void run() {
        boolean first = true;
        while (!closing) {
            try {
                if (first) {
                    look();
                } else if (source.writing().getAsBoolean()) {
                    takeWhenWorthIt();
                } else {
                    look();
                }
                first = false;
                TimeUnit.NANOSECONDS.sleep(pauseNanos());
            } catch (InterruptedException e) {
                // closing: the loop looks
            }
        }
    }

    /** Without an interval the newest one is looked for all the same, for those who ask how old it is. */
    private long pauseNanos() {
        Duration interval = settings.interval();
        return (interval.isZero() ? Duration.ofDays(1) : interval).toNanos();
    }

    private void look() {
        try (CheckpointTopic topic = home.open()) {
            newest = found(topic);
        } catch (CheckpointsUnavailableException e) {
            LOG.warn("The checkpoints of keyspace {} cannot be looked at now: {}", source.keyspace(), e.getMessage());
        }
    }

    private @Nullable Manifest found(CheckpointTopic topic) throws CheckpointsUnavailableException {
        List<Manifest> found = new Checkpoints(topic, codec).newest(1);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** What fails is tried again an interval later. */
    private void takeWhenWorthIt() throws InterruptedException {
        if (settings.interval().isZero()) {
            return;
        }
        try {
            take();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Kafka, RocksDB and the disk fail in many ways; none may end the thread, nor concern the keyspace
            if (!closing) {
                report.failed();
                LOG.warn("No checkpoint of keyspace {} was taken: {}", source.keyspace(), e.getMessage(), e);
            }
        }
    }

    /**
     * Takes one, unless little was applied since the newest: then an image is made of that one and the log as quickly.
     *
     * @return the newest one; empty when there is none
     */
    Optional<Manifest> take()
            throws DamagedCheckpointException, CheckpointsUnavailableException, IOException, InterruptedException {
        try (CheckpointTopic topic = home.open()) {
            Manifest before = found(topic);
            newest = before;
            if (behind(before) < settings.changes()) {
                return newest();
            }
            Manifest taken = write(topic);
            newest = taken;
            if (before != null) {
                topic.removeBefore(before.firstRecord());
            }
            return newest();
        }
    }

    /** What has to be applied to an image of a checkpoint: a record may have many revisions, and a revision needs none. */
    private long behind(@Nullable Manifest before) {
        Position now = source.image().position();
        long revision = source.image().revision();
        if (before == null || !before.point().log().equals(now.log())) {
            return Math.max(now.nextOffset(), revision);
        }
        return Math.max(
                now.nextOffset() - before.point().nextOffset(),
                revision - before.point().revision());
    }

    private Manifest write(CheckpointTopic topic)
            throws DamagedCheckpointException, CheckpointsUnavailableException, IOException, InterruptedException {
        long began = System.nanoTime();
        Path copied = ImageFolders.copied(source.folder());
        ImageFolders.delete(copied);
        try {
            source.image().files().copy(copied);
            ImageCopy copy = checked(copied);
            Pace pace = new Pace(settings.bytesPerSecond());
            Manifest taken = new CheckpointWriter(topic, codec, pace, this::isWanted)
                    .write(copy, InstantSource.system().instant());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            report.taken(took);
            LOG.info(
                    "Checkpoint: keyspace={} revision={} bytes={} tookMillis={}",
                    source.keyspace(),
                    taken.point().revision(),
                    taken.sizeBytes(),
                    took.toMillis());
            return taken;
        } finally {
            ImageFolders.delete(copied);
        }
    }

    /** The files are those of the image: damage that nobody came upon yet is found here. */
    private ImageCopy checked(Path copied) {
        try {
            return ImageCopy.of(copied);
        } catch (ImageUnusableException e) {
            source.image().files().damaged(e);
            throw e;
        }
    }

    private boolean isWanted() {
        return !closing && source.writing().getAsBoolean();
    }

    /** One that is being taken is given up. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
