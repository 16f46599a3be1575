package io.tidemark.audit.job;

import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.TimelineState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The correlator's state as bytes: one format byte, then Avro binary. Another format byte than ours means state of
 * another version; the job then refuses it and is started afresh from the log.
 */
final class StateCodec {
    private static final byte FORMAT = 1;
    private static final ThreadLocal<Coder<Fact>> FACTS = ThreadLocal.withInitial(() -> new Coder<>(Fact.SCHEMA$));
    private static final ThreadLocal<Coder<TimelineState>> TIMELINES =
            ThreadLocal.withInitial(() -> new Coder<>(TimelineState.SCHEMA$));

    private StateCodec() {}

    static byte[] encode(Fact fact) {
        return FACTS.get().encode(fact);
    }

    static Fact decodeFact(byte[] bytes) {
        return FACTS.get().decode(bytes);
    }

    static byte[] encode(TimelineState state) {
        return TIMELINES.get().encode(state);
    }

    static TimelineState decodeTimeline(byte[] bytes) {
        return TIMELINES.get().decode(bytes);
    }

    private static final class Coder<T extends SpecificRecord> {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        private final SpecificDatumWriter<T> writer;
        private final SpecificDatumReader<T> reader;
        private @Nullable BinaryDecoder decoder;

        Coder(Schema schema) {
            writer = new SpecificDatumWriter<>(schema);
            reader = new SpecificDatumReader<>(schema);
        }

        byte[] encode(T value) {
            out.reset();
            out.write(FORMAT);
            try {
                writer.write(value, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory cannot fail", e);
            }
            return out.toByteArray();
        }

        T decode(byte[] bytes) {
            if (bytes.length == 0 || bytes[0] != FORMAT) {
                throw new IllegalStateException("correlator state: expected format " + FORMAT + ", found "
                        + (bytes.length == 0 ? "nothing" : bytes[0]));
            }
            decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
            try {
                return reader.read(null, decoder);
            } catch (IOException e) {
                throw new UncheckedIOException("correlator state is damaged", e);
            }
        }
    }
}
