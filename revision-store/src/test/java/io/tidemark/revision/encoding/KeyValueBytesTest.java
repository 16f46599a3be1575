package io.tidemark.revision.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyValueBytesTest {
    private static final long SEED = 20261126;

    @Test
    void theBytesAreThoseThatProtobufWrites() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            byte[] key = bytes(random, 300);
            byte[] value = bytes(random, 20_000);
            KeyValue kv =
                    new KeyValue(Key.of(key), number(random), number(random), number(random), value, number(random));
            var message = io.tidemark.revision.etcd.proto.KeyValue.newBuilder()
                    .setKey(ByteString.copyFrom(key))
                    .setCreateRevision(kv.createRevision())
                    .setModRevision(kv.modRevision())
                    .setVersion(kv.version())
                    .setValue(ByteString.copyFrom(value))
                    .setLease(kv.lease())
                    .build();

            byte[] encoded = KeyValueBytes.encode(kv);

            assertThat(encoded).as("seed %d, round %d", SEED, i).isEqualTo(message.toByteArray());
            assertThat(KeyValueBytes.decode(encoded)).usingRecursiveComparison().isEqualTo(kv);
            byte[] element = KeyValueElement.encode(kv);
            assertThat(element)
                    .isEqualTo(io.tidemark.revision.etcd.proto.RangeResponse.newBuilder()
                            .addKvs(message)
                            .build()
                            .toByteArray());
            assertThat(KeyValueElement.decode(element))
                    .usingRecursiveComparison()
                    .isEqualTo(kv);
            assertThat(KeyValueElement.lease(element)).isEqualTo(kv.lease());
            if (kv.modRevision() != 0) {
                assertThat(KeyValueElement.modRevision(element)).isEqualTo(kv.modRevision());
            }
        }
    }

    @Test
    void brokenBytesAreRefused() {
        byte[] encoded = KeyValueBytes.encode(new KeyValue(Key.of(new byte[] {'a'}), 2, 2, 1, new byte[] {'x'}, 7));
        assertThatThrownBy(() -> KeyValueBytes.decode(Arrays.copyOf(encoded, encoded.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut off at byte");
        assertThatThrownBy(() -> KeyValueBytes.decode(new byte[] {0x2a, 0x7f, 1}))
                .hasMessage("not a KeyValue: a length of 127 at byte 2");
        assertThatThrownBy(() -> KeyValueBytes.decode(new byte[] {0x3a, 1}))
                .hasMessageContaining("unknown field tag 58");
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** 0, small, large and negative ones: an id of a lease may be below 0. */
    private static long number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(300);
            case 2 -> -random.nextLong(1, 1L << 40);
            default -> random.nextLong();
        };
    }
}
