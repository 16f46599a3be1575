package io.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** Writes what Avro's own encoder writes. */
class ArrayEncoderTest {
    private final ArrayEncoder encoder = new ArrayEncoder();

    @Test
    void randomValuesAreWrittenAsAvroWritesThem() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder expected = EncoderFactory.get().binaryEncoder(out, null);
            write(expected, new Random(seed));
            expected.flush();

            encoder.begin();
            write(encoder, new Random(seed));

            assertThat(encoder.copy()).as("seed %d", seed).isEqualTo(out.toByteArray());
            ByteBuffer view = encoder.view();
            assertThat(view.remaining()).isEqualTo(out.size());
            assertThat(view.get(out.size() - 1)).isEqualTo(out.toByteArray()[out.size() - 1]);
        }
    }

    @Test
    void anArrayThatGrewFarIsGivenUp() {
        byte[] large = new byte[3 << 20];
        encoder.begin();
        encoder.writeFixed(large, 0, large.length);

        encoder.begin();
        encoder.writeBoolean(true);

        assertThat(encoder.view().array().length).isLessThan(1 << 20);
        assertThat(encoder.copy()).containsExactly(1);
    }

    private static void write(BinaryEncoder to, Random random) throws IOException {
        int values = 1 + random.nextInt(60);
        for (int i = 0; i < values; i++) {
            byte[] bytes = new byte[random.nextInt(5) == 0 ? random.nextInt(5_000) : random.nextInt(20)];
            random.nextBytes(bytes);
            switch (random.nextInt(13)) {
                case 0 -> to.writeBoolean(random.nextBoolean());
                case 1 -> to.writeInt(random.nextInt() >> random.nextInt(32));
                case 2 -> to.writeLong(random.nextLong() >> random.nextInt(64));
                case 3 -> to.writeFloat(random.nextFloat());
                case 4 -> to.writeDouble(random.nextDouble());
                case 5 -> to.writeString("ä漢😀".repeat(bytes.length / 8));
                case 6 -> to.writeString(new Utf8("x".repeat(bytes.length)));
                case 7 -> to.writeBytes(bytes);
                case 8 -> to.writeBytes(ByteBuffer.wrap(bytes, bytes.length / 3, bytes.length / 2));
                case 9 -> to.writeBytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
                case 10 -> to.writeFixed(bytes, 0, bytes.length);
                case 11 -> to.writeEnum(random.nextInt(40));
                default -> {
                    to.writeArrayStart();
                    to.setItemCount(1);
                    to.startItem();
                    to.writeIndex(1);
                    to.writeArrayEnd();
                }
            }
        }
        to.writeInt(7);
    }
}
