package io.tidemark.topic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of one subject to bytes and back, in Confluent's wire format: byte 0, the schema id as four big-endian
 * bytes, then Avro binary. Example: id 3 and a record of one string "ab" is {@code 00 00000003 04 6162}.
 *
 * <p>Safe for use by many threads. A record written with an older version of the subject is resolved to the current
 * one; a record with an id that neither the catalogue nor the registry knows is refused, never guessed.
 */
public final class AvroCodec<T extends SpecificRecord> {
    private static final int HEADER_BYTES = 5;

    private final SchemaSource source;
    private final SchemaCatalogue.Entry current;
    private final Schema schema;
    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
    private final byte[] header;
    private final ThreadLocal<AvroBinary<T>> binary;

    AvroCodec(SchemaSource source, String subject, Schema schema) {
        this.source = source;
        this.current = source.catalogue().newest(subject);
        this.schema = schema;
        this.header = ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) 0)
                .putInt(current.id())
                .array();
        this.binary = ThreadLocal.withInitial(() -> new AvroBinary<>(schema));
    }

    public String subject() {
        return current.subject();
    }

    /** The id that stands in front of records written today. */
    public int id() {
        return current.id();
    }

    public Schema schema() {
        return schema;
    }

    public byte[] encode(T value) {
        return binary.get().encode(header, value);
    }

    /**
     * Decodes one record.
     *
     * @throws UnreadableRecordException when the bytes are not a record of this subject
     */
    public T decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
            throw new UnreadableRecordException(subject() + ": expected byte 0 and a 4-byte schema id in front, found "
                    + bytes.length + " bytes beginning " + (bytes.length == 0 ? "nothing" : bytes[0]));
        }
        int id = ((bytes[1] & 0xff) << 24) | ((bytes[2] & 0xff) << 16) | ((bytes[3] & 0xff) << 8) | (bytes[4] & 0xff);
        SpecificDatumReader<T> reader = readers.computeIfAbsent(id, this::readerFor);
        try {
            return binary.get().decode(reader, bytes, HEADER_BYTES);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new UnreadableRecordException(subject() + ": not a record of its schema: " + e.getMessage(), e);
        }
    }

    private SpecificDatumReader<T> readerFor(int id) {
        return AvroBinary.reader(id == current.id() ? schema : source.written(subject(), id), schema);
    }
}
