package io.tidemark.revision.checkpoint;

import io.tidemark.revision.encoding.Micros;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * CRC-32C of what a record says, whatever schema it was written with: numbers as 8 bytes, big-endian; text as UTF-8 behind
 * its length in bytes, bytes behind their number. Kafka's own checksum is made by the client that sends: this one is made
 * where the files are read, and covers the way in between.
 */
final class RecordChecksum {
    private final CRC32C crc = new CRC32C();

    static long of(CheckpointRecord record) {
        RecordChecksum sum = new RecordChecksum();
        sum.text(record.checkpoint()).number(record.number());
        switch (record.content()) {
            case FilePart part -> sum.text(part.file()).number(part.offset()).bytes(part.bytes());
            case Manifest manifest -> sum.manifest(manifest);
        }
        return sum.crc.getValue();
    }

    private void manifest(Manifest manifest) {
        Manifest.Point point = manifest.point();
        text(point.log()).number(point.nextOffset()).number(point.epoch());
        number(point.revision()).number(point.format());
        number(Micros.of(manifest.taken())).number(manifest.firstRecord());
        number(manifest.files().size());
        for (Manifest.ImageFile file : manifest.files()) {
            text(file.name()).number(file.sizeBytes()).bytes(HexFormat.of().parseHex(file.sha256()));
        }
    }

    private RecordChecksum number(long number) {
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    private RecordChecksum text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private RecordChecksum bytes(byte[] bytes) {
        number(bytes.length);
        crc.update(bytes);
        return this;
    }
}
