package io.tidemark.revision.checkpoint;

import io.tidemark.revision.checkpoint.Manifest.ImageFile;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.schema.kv.CheckpointClosed;
import io.tidemark.schema.kv.CheckpointFile;
import io.tidemark.schema.kv.KeyspaceKey;
import io.tidemark.schema.kv.KvCheckpoint;
import io.tidemark.topic.AvroBinary;
import io.tidemark.topic.AvroCodec;
import io.tidemark.topic.Topics;
import io.tidemark.topic.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Records of checkpoints of one keyspace to those of {@link Topics#KV_CHECKPOINTS} and back. Safe for use by several threads. */
public final class CheckpointCodec {
    private static final HexFormat HEX = HexFormat.of();

    private final AvroCodec<KvCheckpoint> records = Topics.KV_CHECKPOINTS.value();
    private final byte[] key;

    public CheckpointCodec(String keyspace) {
        this.key = Topics.KV_CHECKPOINTS.key().encode(new KeyspaceKey(keyspace));
    }

    /** The key of every record of this keyspace; a copy. */
    public byte[] key() {
        return key.clone();
    }

    byte[] encode(CheckpointRecord record) {
        Object content = switch (record.content()) {
            case FilePart part ->
                new io.tidemark.schema.kv.FilePart(part.file(), part.offset(), ByteBuffer.wrap(part.bytes()));
            case Manifest manifest -> closed(manifest);
        };
        return records.encode(
                new KvCheckpoint(record.checkpoint(), record.number(), RecordChecksum.of(record), content));
    }

    private static CheckpointClosed closed(Manifest manifest) {
        Manifest.Point point = manifest.point();
        List<CheckpointFile> files = manifest.files().stream()
                .map(file ->
                        new CheckpointFile(file.name(), file.sizeBytes(), ByteBuffer.wrap(HEX.parseHex(file.sha256()))))
                .toList();
        return new CheckpointClosed(
                point.log(),
                point.nextOffset(),
                point.epoch(),
                point.revision(),
                point.format(),
                manifest.taken(),
                manifest.firstRecord(),
                files);
    }

    /** @throws DamagedCheckpointException when it is none of this keyspace, or not what its checksum says */
    CheckpointRecord decode(LogRecord record) throws DamagedCheckpointException {
        if (!Arrays.equals(record.key(), key)) {
            throw new DamagedCheckpointException("the record at " + record.offset() + " is of another keyspace");
        }
        KvCheckpoint read;
        CheckpointRecord understood;
        try {
            read = records.decode(record.value());
            understood = new CheckpointRecord(read.getCheckpoint(), read.getNumber(), content(read));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            throw new DamagedCheckpointException(
                    "the record at " + record.offset() + " cannot be read: " + e.getMessage(), e);
        }
        long found = RecordChecksum.of(understood);
        if (found != read.getCrc32c()) {
            throw new DamagedCheckpointException("the record at " + record.offset() + " has the checksum " + found
                    + ", expected " + read.getCrc32c());
        }
        return understood;
    }

    private static CheckpointContent content(KvCheckpoint read) {
        return switch (read.getContent()) {
            case io.tidemark.schema.kv.FilePart part ->
                new FilePart(part.getFile(), part.getOffsetBytes(), AvroBinary.bytes(part.getContent()));
            case CheckpointClosed closed -> manifest(read, closed);
            default ->
                throw new IllegalArgumentException(
                        "unknown content " + read.getContent().getClass().getName());
        };
    }

    private static Manifest manifest(KvCheckpoint read, CheckpointClosed closed) {
        Manifest.Point point = new Manifest.Point(
                closed.getLog(),
                closed.getNextOffset(),
                closed.getEpoch(),
                closed.getRevision(),
                closed.getImageFormat());
        List<ImageFile> files = closed.getFiles().stream()
                .map(file -> new ImageFile(
                        file.getName(), file.getSizeBytes(), HEX.formatHex(AvroBinary.bytes(file.getSha256()))))
                .toList();
        return new Manifest(
                read.getCheckpoint(), read.getNumber(), point, closed.getTakenMicros(), closed.getFirstRecord(), files);
    }
}
