package io.tidemark.revision.checkpoint;

import io.tidemark.revision.store.ImageCopy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a checkpoint is, as its closing record has it.
 *
 * @param checkpoint its id
 * @param parts records before the closing one
 * @param point up to where the log is in its image
 * @param taken by the clock of who took it
 * @param firstRecord where in the topic its first part stands
 * @param files in the order of their parts
 */
public record Manifest(
        String checkpoint, long parts, Point point, Instant taken, long firstRecord, List<ImageFile> files)
        implements CheckpointContent {
    public Manifest {
        files = List.copyOf(files);
        taken = taken.truncatedTo(ChronoUnit.MICROS); // as the contract has it
    }

    /**
     * @param log the log's {@link io.tidemark.revision.log.TransactionLog#identity}
     * @param nextOffset everything before it is in the image
     * @param epoch of the newest barrier before it
     * @param revision of the keyspace there
     * @param format of the image
     */
    public record Point(String log, long nextOffset, long epoch, long revision, long format) {
        static Point of(ImageCopy copy) {
            return new Point(
                    copy.position().log(),
                    copy.position().nextOffset(),
                    copy.position().epoch(),
                    copy.revision(),
                    copy.format());
        }
    }

    /**
     * A file of the image.
     *
     * @param sha256 of its content, in hexadecimal digits
     */
    public record ImageFile(String name, long sizeBytes, String sha256) {}

    /** Of all files together. */
    public long sizeBytes() {
        return files.stream().mapToLong(ImageFile::sizeBytes).sum();
    }
}
