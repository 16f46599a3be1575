package io.tidemark.revision.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.revision.log.LogEntry.Barrier;
import io.tidemark.revision.log.LogEntry.Content;
import io.tidemark.revision.log.LogEntry.Decided;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Cleared;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Granted;
import io.tidemark.revision.machine.Transaction.Raised;
import io.tidemark.revision.machine.Transaction.Write;
import io.tidemark.revision.machine.User;
import io.tidemark.schema.kv.KvTransaction;
import io.tidemark.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogEntryCodecTest {
    private final LogEntryCodec codec = new LogEntryCodec("shop");

    @Test
    void whatIsWrittenIsRead() throws UnreadableEntryException {
        for (long seed = 0; seed < 2_000; seed++) {
            LogEntry entry = entry(new Random(seed));

            LogEntry read = codec.decode(new LogRecord(seed, codec.key(), codec.encode(entry)));

            assertThat(read).as("seed %d", seed).usingRecursiveComparison().isEqualTo(entry);
        }
    }

    @Test
    void aRecordSaysWhatItsContractSays() {
        Change put = new Change.Put(new KeyValue(key("a"), 2, 7, 4, new byte[] {'x'}, 9));
        Change delete = new Change.Delete(key("b"));

        KvTransaction read = Topics.KV_TRANSACTIONS
                .value()
                .decode(codec.encode(
                        new LogEntry(5, 1_000_001, 7, new Decided(new Write(7, List.of(put, delete), 0)))));

        assertThat(read.getEpoch()).isEqualTo(5);
        assertThat(read.getCommittedMicros()).isEqualTo(Instant.parse("1970-01-01T00:00:01.000001Z"));
        assertThat(read.getRevision()).isEqualTo(7);
        var write = (io.tidemark.schema.kv.Write) read.getContent();
        assertThat(write.getEndedLease()).isNull();
        assertThat(write.getChanges())
                .extracting(change -> change.getDelete() + " " + hex(change.getKeyValue()))
                .containsExactly("false 0a016110021807200" + "42a01783009", "true 0a01621807");
    }

    @Test
    void aRecordOfAnotherKeyspaceIsRefused() {
        LogEntryCodec other = new LogEntryCodec("shop.events");
        byte[] value = codec.encode(new LogEntry(1, 0, 1, new Barrier("")));

        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> codec.decode(new LogRecord(17, other.key(), value)))
                .withMessageContaining("offset 17")
                .withMessageContaining("keyspace 'shop.events', not 'shop'")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(17));
        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> codec.decode(new LogRecord(18, new byte[] {1}, value)))
                .withMessageContaining("offset 18")
                .withMessageContaining("names no keyspace");
    }

    @Test
    void whatIsNoRecordIsRefusedWithItsOffset() {
        byte[] whole =
                codec.encode(new LogEntry(1, 0, 2, new Decided(new Write(2, List.of(new Change.Delete(key("a"))), 0))));
        Stream<byte[]> broken = Stream.concat(
                IntStream.range(0, whole.length).mapToObj(length -> Arrays.copyOf(whole, length)),
                Stream.of(new byte[] {0, 0, 0, 0, 1, 2}, "{}".getBytes(StandardCharsets.UTF_8)));
        broken.forEach(value -> assertThatExceptionOfType(UnreadableEntryException.class)
                .as(HexFormat.of().formatHex(value))
                .isThrownBy(() -> codec.decode(new LogRecord(3, codec.key(), value)))
                .withMessageContaining("offset 3"));
    }

    @Test
    void aWriteWhoseKeysSayAnotherRevisionIsRefused() {
        Write write = new Write(2, List.of(new Change.Put(new KeyValue(key("a"), 3, 3, 1, new byte[0], 0))), 0);
        byte[] value = codec.encode(new LogEntry(1, 0, 2, new Decided(write)));

        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> codec.decode(new LogRecord(4, codec.key(), value)))
                .withMessageContaining("key a was written at revision 3 in a write at 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new LogEntry(1, 0, 3, new Decided(write)));
    }

    @Test
    void aNameIsNeitherEmptyNorLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LogEntryCodec(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogEntryCodec("ä".repeat(32)));
        assertThat(new LogEntryCodec("x".repeat(63)).key()).hasSizeLessThan(AppendSize.RECORD_BYTES - 32);
    }

    private static LogEntry entry(Random random) {
        long revision = random.nextLong() >>> random.nextInt(1, 64);
        Content content = switch (random.nextInt(8)) {
            case 0 -> new Barrier(random.nextBoolean() ? "" : "127.0.0.1:" + random.nextInt(65_536));
            case 1 -> new Decided(new Compacted(random.nextLong(Long.MAX_VALUE)));
            case 2 -> new Decided(new Granted(new Lease(random.nextLong(), random.nextLong(Long.MAX_VALUE))));
            case 3 -> new Decided(new Ended(random.nextLong()));
            case 4 -> new Decided(new Raised(new Alarm(random.nextLong(), random.nextInt())));
            case 5 -> new Decided(new Cleared(new Alarm(random.nextLong(), random.nextInt())));
            case 6 -> new Decided(authChanged(random));
            default -> new Decided(write(random, revision));
        };
        long micros = random.nextLong() >> random.nextInt(1, 63);
        return new LogEntry(random.nextLong(Long.MAX_VALUE), micros, revision, content);
    }

    private static AuthChanged authChanged(Random random) {
        User user = new User("ann", random.nextBoolean() ? "" : "$2a$04$", random.nextBoolean(), List.of("a", "b"));
        KeyRange range = new KeyRange(Key.of(bytes(random, 9)), Key.of(bytes(random, random.nextInt(3))));
        Role role = new Role("some", List.of(new Permission(range, random.nextInt())));
        return new AuthChanged(
                random.nextBoolean(), random.nextLong(), List.of(user), List.of("bob"), List.of(role), List.of("none"));
    }

    private static Write write(Random random, long revision) {
        List<Change> changes = IntStream.range(0, random.nextInt(1, 6))
                .mapToObj(i -> change(random, revision))
                .toList();
        return new Write(revision, changes, random.nextBoolean() ? 0 : random.nextLong());
    }

    private static Change change(Random random, long revision) {
        Key key = Key.of(bytes(random, random.nextInt(1, 40)));
        if (random.nextBoolean()) {
            return new Change.Delete(key);
        }
        long created = random.nextLong() >>> random.nextInt(1, 64);
        long version = random.nextLong() >>> random.nextInt(1, 64);
        long lease = random.nextBoolean() ? 0 : random.nextLong();
        return new Change.Put(new KeyValue(key, created, revision, version, bytes(random, random.nextInt(300)), lease));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Key key(String name) {
        return Key.of(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
