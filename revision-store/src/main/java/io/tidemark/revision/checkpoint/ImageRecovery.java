package io.tidemark.revision.checkpoint;

import io.tidemark.revision.checkpoint.Manifest.Point;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageCopy;
import io.tidemark.revision.store.ImageSettings;
import io.tidemark.revision.store.ImageUnusableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Opens a keyspace's image, and makes it again when it is of no use. It is no loss: what it held is in the newest checkpoint
 * and in the log behind that.
 *
 * <pre>
 *   image ── usable, and the log has what it lacks ─► opened
 *     │ absent, damaged, unfinished, of another format, behind the log's beginning
 *     ▼
 *   newest checkpoint ── whole, of this log, which has what follows ─► restored, opened
 *     │ no                                                                ▲
 *     ▼                                                                   │
 *   the one before ───────────────────────────────────────────────────────┘
 *     │ no
 *     ▼
 *   empty image: all of the log is applied
 * </pre>
 */
public final class ImageRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(ImageRecovery.class);
    /** Two are kept; others may stand behind them while one is being taken or was not removed. */
    private static final int TRIED = 4;

    private final String keyspace;
    private final Path folder;
    private final ImageSettings settings;
    private final Optional<CheckpointHome> home;
    private final Report report;

    /** Why an image had to be made. */
    public enum Cause {
        ABSENT,
        DAMAGED,
        OTHER_FORMAT,
        /** A large group was being written to it when the process ended. */
        UNFINISHED,
        /** The log does not have any more what follows in it. */
        BEHIND
    }

    /** What it was made from. */
    public enum Source {
        CHECKPOINT,
        LOG
    }

    /** Is told of each image that is made. */
    @FunctionalInterface
    public interface Report {
        void made(Cause cause, Source source);
    }

    /** @param home empty when no checkpoints are kept */
    public ImageRecovery(
            String keyspace, Path folder, ImageSettings settings, Optional<CheckpointHome> home, Report report) {
        this.keyspace = keyspace;
        this.folder = folder;
        this.settings = settings;
        this.home = home;
        this.report = report;
    }

    /**
     * The image, at some position of the log.
     *
     * @throws LogUnavailableException when the log cannot be asked; or it does not begin at its first record, and the
     *     checkpoints cannot be asked
     * @throws ImageUnusableException when the disk or another process is in the way
     */
    public Image open(TransactionLog log) throws LogUnavailableException {
        clean();
        if (!ImageCopy.isIn(folder)) {
            return make(log, Cause.ABSENT, "there is none");
        }
        Image image;
        try {
            image = Image.open(folder, settings);
        } catch (ImageUnusableException e) {
            return make(log, cause(e), String.valueOf(e.getMessage()));
        }
        return lacks(image, log) ? replaced(image, log) : image;
    }

    /**
     * The same, of an image that nobody has open any more and that was found to be damaged, which opening it may not show.
     *
     * @param why what was found
     */
    public Image again(TransactionLog log, String why) throws LogUnavailableException {
        clean();
        return make(log, Cause.DAMAGED, why);
    }

    /** What a process left that was killed. */
    private void clean() {
        ImageFolders.delete(ImageFolders.copied(folder));
        ImageFolders.delete(ImageFolders.restored(folder));
    }

    private static Cause cause(ImageUnusableException e) {
        return switch (e.reason()) {
            case DAMAGED -> Cause.DAMAGED;
            case OTHER_FORMAT -> Cause.OTHER_FORMAT;
            case UNFINISHED -> Cause.UNFINISHED;
            case DISK, STOPPED -> throw e;
        };
    }

    private static boolean lacks(Image image, TransactionLog log) throws LogUnavailableException {
        String made = image.position().log();
        boolean ofThis = made.isEmpty() || made.equals(log.identity());
        return ofThis && image.position().nextOffset() < log.begin();
    }

    /** One that is behind is better than none: it stays when no checkpoint fits. */
    private Image replaced(Image image, TransactionLog log) throws LogUnavailableException {
        Manifest restored = restore(log);
        if (restored == null) {
            return image;
        }
        String why = "it lacks what begins at offset " + image.position().nextOffset() + ", and the log begins at "
                + log.begin();
        image.close();
        return opened(restored, Cause.BEHIND, why);
    }

    private Image make(TransactionLog log, Cause cause, String why) throws LogUnavailableException {
        ImageFolders.delete(folder);
        Manifest restored = restore(log);
        if (restored != null) {
            return opened(restored, cause, why);
        }
        report.made(cause, Source.LOG);
        LOG.atLevel(cause == Cause.ABSENT ? Level.INFO : Level.WARN)
                .log("The image of keyspace {} is made from the log alone: {}", keyspace, why);
        return Image.open(folder, settings);
    }

    private Image opened(Manifest restored, Cause cause, String why) {
        ImageFolders.delete(folder);
        ImageFolders.move(ImageFolders.restored(folder), folder);
        report.made(cause, Source.CHECKPOINT);
        LOG.warn(
                "The image of keyspace {} is made from the checkpoint of revision {}, taken {}, and the log from offset {}"
                        + " on: {}",
                keyspace,
                restored.point().revision(),
                restored.taken(),
                restored.point().nextOffset(),
                why);
        return Image.open(folder, settings);
    }

    /** Puts the files of the newest checkpoint that is of use beside the image's folder; null when there is none. */
    private @Nullable Manifest restore(TransactionLog log) throws LogUnavailableException {
        if (home.isEmpty()) {
            return null;
        }
        String identity = log.identity();
        long begin = log.begin();
        try (CheckpointTopic topic = home.get().open()) {
            Checkpoints checkpoints = new Checkpoints(topic, new CheckpointCodec(keyspace));
            List<Manifest> found = checkpoints.newest(TRIED);
            for (Manifest manifest : found) {
                if (fits(manifest, identity, begin) && fetch(checkpoints, manifest)) {
                    return manifest;
                }
            }
            return null;
        } catch (CheckpointsUnavailableException e) {
            if (begin > 0) {
                throw new LogUnavailableException(
                        "the log begins at " + begin + ", and the checkpoint of what was before cannot be read: "
                                + e.getMessage(),
                        e);
            }
            LOG.warn("The checkpoints of keyspace {} cannot be read now: {}", keyspace, e.getMessage());
            return null;
        }
    }

    /**
     * One that is ahead of the log fits, too: it proves that records which were durable are gone, and whoever checks the image
     * against the log says so, where an image made from that log would hide it.
     */
    private boolean fits(Manifest manifest, String identity, long begin) {
        Point point = manifest.point();
        String why = "";
        if (!point.log().equals(identity)) {
            why = "it is of the log " + point.log() + ", and this one is " + identity;
        } else if (point.nextOffset() < begin) {
            why = "it lacks what begins at offset " + point.nextOffset() + ", and the log begins at " + begin;
        } else if (point.format() != ImageCopy.FORMAT) {
            why = "expected an image of format " + ImageCopy.FORMAT + ", found " + point.format();
        }
        return why.isEmpty() || refused(manifest, why);
    }

    private boolean refused(Manifest manifest, String why) {
        LOG.warn(
                "The checkpoint of revision {} of keyspace {} is of no use: {}",
                manifest.point().revision(),
                keyspace,
                why);
        return false;
    }

    private boolean fetch(Checkpoints checkpoints, Manifest manifest) throws CheckpointsUnavailableException {
        Path into = ImageFolders.restored(folder);
        ImageFolders.delete(into);
        try {
            try (FileSink files = new FileSink(into)) {
                checkpoints.read(manifest, files);
            }
            Point found = Point.of(ImageCopy.of(into));
            return found.equals(manifest.point())
                    || refused(manifest, "expected an image at " + manifest.point() + ", found one at " + found);
        } catch (DamagedCheckpointException e) {
            return refused(manifest, String.valueOf(e.getMessage()));
        } catch (ImageUnusableException e) {
            cause(e); // the disk's fault is not the checkpoint's
            return refused(manifest, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("the image of keyspace " + keyspace + " cannot be restored", e);
        }
    }
}
