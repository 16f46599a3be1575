package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Write;
import io.tidemark.revision.store.ImageUnusableException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Files that are not what was written are noticed, and nothing wrong is told from them. */
class ImageDamageTest {
    private static final int KEYS = 400;
    private static final KeyRange ALL = new KeyRange(bytes("\0"), bytes("\0"));

    @TempDir
    Path folder;

    private Path whole;
    private String expected;

    @BeforeEach
    void make() {
        whole = folder.resolve("whole");
        try (Image image = Image.open(whole, ImageSettings.DEFAULT)) {
            image.apply(Logged.of(writes()), new Position(5, 2, "log"));
            expected = all(image);
        }
    }

    /** Each key twice, so that the history is not empty either. */
    private static List<Transaction> writes() {
        Random random = new Random(7);
        List<Transaction> writes = new ArrayList<>();
        for (int i = 0; i < 2 * KEYS; i++) {
            byte[] value = new byte[100];
            random.nextBytes(value);
            long revision = i + 2;
            long version = i < KEYS ? 1 : 2;
            KeyValue kv = new KeyValue(bytes("key" + i % KEYS), i % KEYS + 2, revision, version, value, 0);
            writes.add(new Write(revision, List.of(new Change.Put(kv)), 0));
        }
        return writes;
    }

    private static Key bytes(String text) {
        return Key.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All that can be read. */
    private static String all(Image image) {
        StringBuilder all = new StringBuilder();
        all.append(image.position()).append(image.revision()).append(image.compacted());
        for (long revision = KEYS - 5; revision <= image.revision(); revision += 101) {
            all.append(Told.of(image.at(ALL, revision)));
        }
        try (View view = image.view()) {
            all.append(Told.of(view.page(new Listing(ALL, 0, 0, false), Long.MAX_VALUE, ByteBuffer::allocate)));
        }
        for (int i = 0; i < KEYS; i++) {
            all.append(Told.of(image.newest(bytes("key" + i))));
        }
        return all.toString();
    }

    @Test
    void aFlippedBitIsNeverReadAsData() throws IOException {
        Random random = new Random(20261126);
        int noticed = 0;
        for (int round = 0; round < 80; round++) {
            Path damaged = folder.resolve("damaged");
            Folders.copy(whole, damaged);
            List<Path> tables = files(damaged, ".sst");
            Path table = tables.get(random.nextInt(tables.size()));
            byte[] bytes = Files.readAllBytes(table);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(table, bytes);

            try (Image image = Image.open(damaged, ImageSettings.DEFAULT)) {
                assertThat(all(image))
                        .as("round %d, %s at %d", round, table, at)
                        .isEqualTo(expected);
            } catch (ImageUnusableException e) {
                assertThat(e.reason())
                        .as("round %d, %s at %d", round, table, at)
                        .isEqualTo(Reason.DAMAGED);
                assertThat(e.canBeMadeAgain()).isTrue();
                noticed++;
            }
        }
        // the others hit what is not read: statistics, filters of keys that are there
        assertThat(noticed).isGreaterThan(40);
    }

    @Test
    void aFileThatIsCutOffIsNoticed() throws IOException {
        for (Path table : files(whole, ".sst")) {
            Path damaged = folder.resolve("damaged");
            Folders.copy(whole, damaged);
            Path cut = damaged.resolve(table.getFileName());
            Files.write(cut, List.of(), StandardOpenOption.TRUNCATE_EXISTING);

            assertThatThrownBy(() -> Image.open(damaged, ImageSettings.DEFAULT).close())
                    .isInstanceOfSatisfying(
                            ImageUnusableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
        }
    }

    @Test
    void aFileThatIsGoneIsNoticed() throws IOException {
        for (Path table : files(whole, ".sst")) {
            Path damaged = folder.resolve("damaged");
            Folders.copy(whole, damaged);
            Files.delete(damaged.resolve(table.getFileName()));

            assertThatThrownBy(() -> Image.open(damaged, ImageSettings.DEFAULT).close())
                    .isInstanceOfSatisfying(
                            ImageUnusableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
        }
    }

    @Test
    void aDeletedFolderIsAnEmptyKeyspace() throws IOException {
        Folders.delete(whole);

        try (Image image = Image.open(whole, ImageSettings.DEFAULT)) {
            assertThat(image.position()).isEqualTo(Position.START);
            image.apply(Logged.of(writes()), new Position(5, 2, "log"));
            assertThat(all(image)).isEqualTo(expected);
        }
    }

    @Test
    void aTableThatIsNotKnownIsAnotherFormat() throws Exception {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB other = RocksDB.open(options, folder.resolve("other").toString())) {
            other.createColumnFamily(new ColumnFamilyDescriptor("leaves".getBytes(StandardCharsets.UTF_8)))
                    .close();
        }

        assertThatThrownBy(() -> Image.open(folder.resolve("other"), ImageSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        ImageUnusableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_FORMAT))
                .hasMessageContaining("leaves");
    }

    @Test
    void aNewerFormatIsNotRead() {
        Database database = Database.open(whole, ImageSettings.DEFAULT);
        Batch batch = new Batch();
        batch.put(database.family(Table.META), Meta.FORMAT, Meta.encode(Meta.FORMAT_OF_THIS + 1));
        database.write(batch);
        database.flush();
        database.close();

        assertThatThrownBy(() -> Image.open(whole, ImageSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        ImageUnusableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_FORMAT))
                .hasMessage(
                        "expected an image of format " + Meta.FORMAT_OF_THIS + ", found " + (Meta.FORMAT_OF_THIS + 1));
    }

    /** Deleting it would take it from the one that has it. */
    @Test
    void anImageThatIsOpenElsewhereIsLeftAlone() {
        try (Image open = Image.open(whole, ImageSettings.DEFAULT)) {
            assertThatThrownBy(() -> Image.open(whole, ImageSettings.DEFAULT))
                    .isInstanceOfSatisfying(
                            ImageUnusableException.class,
                            e -> assertThat(e.canBeMadeAgain()).isFalse());
            assertThat(all(open)).isEqualTo(expected);
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
