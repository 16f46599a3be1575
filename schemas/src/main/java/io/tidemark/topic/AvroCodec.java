package io.tidemark.topic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * Records of one subject to bytes and back, in Confluent's wire format: byte 0, the schema id as four big-endian
 * bytes, then Avro binary. Example: id 3 and a record of one string "ab" is {@code 00 00000003 04 6162}.
 *
 * <p>Safe for use by many threads. A record written with an older version of the subject is resolved to the current
 * one; a record with an id that neither the catalogue nor the registry knows is refused, never guessed.
 */
public final class AvroCodec<T extends SpecificRecord> {
    private static final int HEADER_BYTES = 5;
    private static final String CONTRACTS = "io.tidemark.schema.";

    static {
        // Avro refuses to fill classes nobody vouched for; ours are generated from the committed contracts.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(CONTRACTS)));
    }

    private final SchemaSource source;
    private final SchemaCatalogue.Entry current;
    private final Schema schema;
    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch<T>> scratch;

    AvroCodec(SchemaSource source, String subject, Schema schema) {
        this.source = source;
        this.current = source.catalogue().newest(subject);
        this.schema = schema;
        this.scratch = ThreadLocal.withInitial(() -> new Scratch<>(schema));
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
        return scratch.get().encode(current.id(), value);
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
        return scratch.get().decode(reader, bytes, subject());
    }

    private SpecificDatumReader<T> readerFor(int id) {
        return new SpecificDatumReader<>(id == current.id() ? schema : source.written(subject(), id), schema);
    }

    /** Buffers and coders of one thread. */
    private static final class Scratch<T extends SpecificRecord> {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        private final SpecificDatumWriter<T> writer;
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        private @Nullable BinaryDecoder decoder;

        Scratch(Schema schema) {
            writer = new SpecificDatumWriter<>(schema);
            // the encoders that are generated into the contracts, instead of a walk over their schemas
            writer.getSpecificData().setCustomCoders(true);
        }

        byte[] encode(int id, T value) {
            out.reset();
            out.write(0);
            out.write(id >>> 24);
            out.write(id >>> 16);
            out.write(id >>> 8);
            out.write(id);
            try {
                writer.write(value, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new AvroRuntimeException(e);
            }
            return out.toByteArray();
        }

        T decode(SpecificDatumReader<T> reader, byte[] bytes, String subject) {
            decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
            try {
                return reader.read(null, decoder);
            } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
                throw new UnreadableRecordException(subject + ": not a record of its schema: " + e.getMessage(), e);
            }
        }
    }
}
