package io.tidemark.revision.checkpoint;

import io.tidemark.revision.checkpoint.Manifest.ImageFile;
import io.tidemark.revision.checkpoint.Manifest.Point;
import io.tidemark.revision.store.ImageCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Writes one checkpoint:
 *
 * <pre>
 *   files ─► parts, one after another ─► read back ─► closing record ─► read back ─► it counts
 *            durable before the next      and compared
 * </pre>
 *
 * Whatever ends it before leaves parts that nobody takes for a checkpoint.
 */
final class CheckpointWriter {
    private final CheckpointTopic topic;
    private final CheckpointCodec codec;
    private final Pace pace;
    private final BooleanSupplier wanted;
    private final String id = UUID.randomUUID().toString();
    private final List<ImageFile> files = new ArrayList<>();
    private long parts;
    private long first;

    /** @param wanted whether to go on, asked before each part */
    CheckpointWriter(CheckpointTopic topic, CheckpointCodec codec, Pace pace, BooleanSupplier wanted) {
        this.topic = topic;
        this.codec = codec;
        this.pace = pace;
        this.wanted = wanted;
    }

    /** @throws DamagedCheckpointException when what is read back is not what was written */
    Manifest write(ImageCopy copy, Instant taken)
            throws DamagedCheckpointException, CheckpointsUnavailableException, IOException, InterruptedException {
        for (Path file : copy.files()) {
            files.add(write(file));
        }
        Manifest manifest = new Manifest(id, parts, Point.of(copy), taken, first, files);
        new Checkpoints(topic, codec).read(manifest, PartSink.NONE);
        close(manifest);
        return manifest;
    }

    private ImageFile write(Path path) throws CheckpointsUnavailableException, IOException, InterruptedException {
        String name = path.getFileName().toString();
        FileHash hash = new FileHash();
        long size = 0;
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes(FilePart.BYTES_MAX);
            do {
                hash.update(bytes);
                append(new FilePart(name, size, bytes));
                size += bytes.length;
                bytes = file.readNBytes(FilePart.BYTES_MAX);
            } while (bytes.length > 0);
        }
        return new ImageFile(name, size, hash.value());
    }

    private void append(FilePart part) throws CheckpointsUnavailableException, InterruptedException {
        if (!wanted.getAsBoolean()) {
            throw new CheckpointsUnavailableException("this node does not write the keyspace any more, or is closing");
        }
        long offset = topic.append(codec.encode(new CheckpointRecord(id, parts, part)));
        first = parts == 0 ? offset : first;
        parts++;
        pace.written(part.bytes().length);
    }

    private void close(Manifest manifest) throws DamagedCheckpointException, CheckpointsUnavailableException {
        CheckpointRecord closing = new CheckpointRecord(id, parts, manifest);
        long offset = topic.append(codec.encode(closing));
        CheckpointRecord found = codec.decode(topic.read(offset).getFirst());
        if (!found.equals(closing)) {
            throw new DamagedCheckpointException("the closing record was not read back as it was written");
        }
    }
}
