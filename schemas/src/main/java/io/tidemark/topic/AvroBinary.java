package io.tidemark.topic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * Records of one schema to Avro binary and back. Buffers and coders are used again for every record: each thread needs an
 * own one.
 */
public final class AvroBinary<T extends SpecificRecord> {
    private static final String CONTRACTS = "io.tidemark.schema.";
    private static final byte[] NOTHING = new byte[0];

    static {
        // Avro refuses to fill classes nobody vouched for; ours are generated from the committed contracts.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(CONTRACTS)));
    }

    private final ArrayEncoder encoder = new ArrayEncoder();
    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;
    private @Nullable BinaryDecoder decoder;

    public AvroBinary(Schema schema) {
        writer = new SpecificDatumWriter<>(schema);
        // the encoders that are generated into the contracts, instead of a walk over their schemas
        writer.getSpecificData().setCustomCoders(true);
        reader = reader(schema, schema);
    }

    /** What reads as one schema what was written as another; made here only, where the contracts are vouched for. */
    static <T extends SpecificRecord> SpecificDatumReader<T> reader(Schema written, Schema read) {
        return new SpecificDatumReader<>(written, read);
    }

    public byte[] encode(T value) {
        return encode(NOTHING, value);
    }

    /** The record behind a header. */
    byte[] encode(byte[] header, T value) {
        write(header, value);
        return encoder.copy();
    }

    /** The record in a buffer with an array, which is used for the next one: nothing may be kept of it. */
    public ByteBuffer view(T value) {
        write(NOTHING, value);
        return encoder.view();
    }

    private void write(byte[] header, T value) {
        encoder.begin();
        encoder.writeFixed(header, 0, header.length);
        try {
            writer.write(value, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /**
     * Decodes one record.
     *
     * @throws UncheckedIOException when the bytes end in the middle of it
     */
    public T decode(byte[] bytes) {
        try {
            return decode(reader, bytes, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no whole " + reader.getExpected().getFullName(), e);
        }
    }

    /** Decodes the record that begins at the offset, with a reader that resolves what it was written with. */
    T decode(SpecificDatumReader<T> resolving, byte[] bytes, int offset) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
        return resolving.read(null, decoder);
    }

    /** What a field of type bytes holds: its own array where it fills one, so not to be written to. */
    public static byte[] bytes(ByteBuffer field) {
        if (field.hasArray() && field.arrayOffset() == 0 && field.array().length == field.remaining()) {
            return field.array();
        }
        byte[] bytes = new byte[field.remaining()];
        field.duplicate().get(bytes);
        return bytes;
    }
}
