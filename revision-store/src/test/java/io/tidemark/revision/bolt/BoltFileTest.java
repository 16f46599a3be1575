package io.tidemark.revision.bolt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoltFileTest {
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final BoltWriter writer = new BoltWriter(rest);

    private byte[] file() throws IOException {
        byte[] head = writer.head();
        return ByteBuffer.allocate(head.length + rest.size())
                .put(head)
                .put(rest.toByteArray())
                .array();
    }

    private static BoltReader reader(byte[] file) throws IOException {
        return BoltReader.open(
                (position, target) -> {
                    if (position + target.length > file.length) {
                        throw new IOException("cut off");
                    }
                    System.arraycopy(file, (int) position, target, 0, target.length);
                },
                file.length);
    }

    private static Map<String, String> read(byte[] file, String bucket) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        reader(file)
                .read(
                        bucket,
                        (key, value) ->
                                found.put(new String(key, UTF_8), value.length + " " + Arrays.hashCode(value)) == null);
        return found;
    }

    private Map<String, String> put(int entries, int valueBytes, long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, String> put = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            byte[] value = new byte[random.nextInt(valueBytes + 1)];
            random.nextBytes(value);
            String key = "key-%08d".formatted(i);
            writer.put(key.getBytes(UTF_8), value);
            put.put(key, value.length + " " + Arrays.hashCode(value));
        }
        return put;
    }

    @Test
    void anElementIsWhereTheLayoutSaysItIs() throws IOException {
        writer.bucket("b");
        writer.put("a".getBytes(UTF_8), "x".getBytes(UTF_8));
        byte[] page = Arrays.copyOfRange(file(), 2 * Layout.PAGE_BYTES, 2 * Layout.PAGE_BYTES + 34);

        assertThat(page)
                .asHexString()
                .isEqualTo("0200000000000000" + "0200" + "0100" + "00000000" + "00000000100000000100000001000000"
                        + "6178");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 5_000})
    void whatIsWrittenIsRead(int entries) throws IOException {
        writer.bucket("empty");
        writer.bucket("full");
        Map<String, String> put = put(entries, 300, entries);
        writer.bucket("next");
        Map<String, String> next = put(3, 20_000, 7);
        byte[] file = file();

        assertThat(read(file, "empty")).isEmpty();
        assertThat(read(file, "full")).containsExactlyEntriesOf(put);
        assertThat(read(file, "next")).containsExactlyEntriesOf(next);
        assertThat(reader(file).read("none", (key, value) -> true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 5_000})
    void aBucketIsReadFromAnyKeyOn(int entries) throws IOException {
        writer.bucket("b");
        List<String> put = List.copyOf(put(entries, 300, entries).keySet());
        BoltReader reader = reader(file());
        Random random = new Random(entries);
        for (int round = 0; round < 50; round++) {
            int from = random.nextInt(entries + 1);
            String key = from == entries ? "l" : put.get(from);
            List<String> found = new ArrayList<>();
            reader.read("b", key.getBytes(UTF_8), (next, value) -> {
                found.add(new String(next, UTF_8));
                return found.size() < 3;
            });

            assertThat(found).as(key).isEqualTo(put.subList(from, Math.min(from + 3, entries)));
        }
        assertThat(reader.last("b")).asString(UTF_8).isEqualTo(put.getLast());
    }

    @Test
    void anEmptyBucketHasNoLastKey() throws IOException {
        writer.bucket("b");

        assertThat(reader(file()).last("b")).isNull();
        assertThat(reader(file()).last("none")).isNull();
    }

    @Test
    void keysHaveToAscend() throws IOException {
        writer.bucket("b");
        writer.put("b".getBytes(UTF_8), new byte[0]);

        assertThatThrownBy(() -> writer.put("a".getBytes(UTF_8), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        writer.bucket("b");
        put(1_000, 100, 1);
        byte[] file = file();

        assertThatThrownBy(() -> reader(Arrays.copyOf(file, file.length - 1)))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining("found a file of " + (file.length - 1) + " bytes");
    }

    @Test
    void aFileOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> reader("SQLite format 3 and much more".getBytes(UTF_8)))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining("expected a file of bbolt");
    }

    @Test
    void aMetaPageThatIsTornLeavesTheOther() throws IOException {
        writer.bucket("b");
        Map<String, String> put = put(10, 10, 1);
        byte[] file = file();
        file[Layout.HEADER_BYTES + 20] ^= 1;

        assertThat(read(file, "b")).containsExactlyEntriesOf(put);
    }

    @Test
    void damageIsToldWhateverItIs() throws IOException {
        writer.bucket("b");
        put(2_000, 100, 1);
        byte[] file = file();
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = file.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                read(damaged, "b"); // a value may be another one: the snapshot's SHA-256 is what tells that
            } catch (BrokenFileException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
