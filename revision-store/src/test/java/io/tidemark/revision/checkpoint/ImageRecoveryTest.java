package io.tidemark.revision.checkpoint;

import static io.tidemark.revision.checkpoint.CheckpointScene.flipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.checkpoint.ImageRecovery.Cause;
import io.tidemark.revision.checkpoint.ImageRecovery.Source;
import io.tidemark.revision.log.LogTruncatedException;
import io.tidemark.revision.store.Image;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An image that is gone, damaged or too old comes back from a checkpoint and the log; what does not fit together is refused. */
class ImageRecoveryTest {
    @TempDir
    private Path temp;

    private CheckpointScene scene;

    @BeforeEach
    void begin() throws Exception {
        scene = new CheckpointScene(temp, 1);
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void withoutACheckpointTheLogAloneIsEnough() throws Exception {
        scene.lose();

        scene.assertMade(Cause.ABSENT, Source.LOG);
        scene.assertTold();
    }

    @Test
    void oneOfAnotherLogIsOfNoUse() throws Exception {
        scene.take();
        scene.image.close();
        scene.keyspace = LoggedKeyspace.onAnotherLog(2);
        scene.keyspace.write(30);
        ImageFolders.delete(scene.folder);
        scene.image = scene.open();

        scene.assertMade(Cause.ABSENT, Source.LOG);
        scene.assertTold();
    }

    @Test
    void anImageWithAFlippedBitIsMadeAgainFromIt() throws Exception {
        scene.take();
        scene.write(50);
        scene.image.close();
        for (Path file : scene.tables()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, flipped(bytes, 0));
        }
        scene.image = scene.open();

        scene.assertMade(Cause.DAMAGED, Source.CHECKPOINT);
        scene.assertTold();
    }

    @Test
    void anImageThatWasLeftBetweenPartsOfAGroupIsMadeAgainFromIt() throws Exception {
        scene.take();
        scene.write(50);
        scene.image.close();
        leaveUnfinished(scene.folder);
        scene.image = scene.open();

        scene.assertMade(Cause.UNFINISHED, Source.CHECKPOINT);
        scene.assertTold();
        scene.restart();
        scene.assertMade(Cause.UNFINISHED, Source.CHECKPOINT);
    }

    private static void leaveUnfinished(Path folder) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options plain = new Options();
                DBOptions options = new DBOptions();
                RocksDB rocks = RocksDB.open(
                        options,
                        folder.toString(),
                        RocksDB.listColumnFamilies(plain, folder.toString()).stream()
                                .map(ColumnFamilyDescriptor::new)
                                .toList(),
                        handles)) {
            rocks.put("unfinished".getBytes(StandardCharsets.UTF_8), new byte[0]);
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    @Test
    void whatTheLogHasNoMoreComesFromIt() throws Exception {
        Manifest taken = scene.take();
        scene.write(50);
        scene.keyspace.log.deleteBefore(taken.point().nextOffset());
        scene.lose();

        assertThat(scene.image.position().nextOffset()).isEqualTo(taken.point().nextOffset());
        scene.keyspace.catchUp(scene.image);
        String told = LoggedKeyspace.told(scene.image);
        scene.restart();
        assertThat(LoggedKeyspace.told(scene.image)).isEqualTo(told);
        scene.assertMade(Cause.ABSENT, Source.CHECKPOINT);
    }

    @Test
    void anImageThatLacksWhatTheLogHasNoMoreIsReplaced() throws Exception {
        Path behind = scene.folder;
        scene.image.close();
        scene.folder = temp.resolve("other");
        scene.image = Image.open(scene.folder, CheckpointScene.SETTINGS);
        scene.keyspace.write(50);
        scene.keyspace.catchUp(scene.image);
        Manifest taken = scene.take();
        scene.keyspace.log.deleteBefore(taken.point().nextOffset());
        scene.image.close();
        scene.folder = behind;
        scene.image = scene.open();

        scene.assertMade(Cause.BEHIND, Source.CHECKPOINT);
        assertThat(scene.image.position().nextOffset()).isEqualTo(taken.point().nextOffset());
        scene.keyspace.write(10);
        scene.keyspace.catchUp(scene.image);
    }

    @Test
    void withoutAFittingOneSuchAnImageStaysAndTheLogIsRefused() throws Exception {
        scene.image.files().flush();
        String told = LoggedKeyspace.told(scene.image);
        scene.keyspace.write(50);
        scene.keyspace.log.deleteBefore(scene.keyspace.log.end());
        scene.restart();

        assertThat(scene.made).isEmpty();
        assertThat(LoggedKeyspace.told(scene.image)).isEqualTo(told);
        assertThatExceptionOfType(LogTruncatedException.class)
                .isThrownBy(() -> scene.keyspace.catchUp(scene.image))
                .withMessageContaining("the log begins at");
    }

    /** The log lost what was durable: an image made from what is left of it would hide that. */
    @Test
    void oneThatIsAheadOfTheLogTellsThatTheLogIsCut() throws Exception {
        scene.take();
        scene.keyspace.log.cut(10);
        scene.lose();

        assertThatExceptionOfType(LogTruncatedException.class)
                .isThrownBy(() -> scene.keyspace.catchUp(scene.image))
                .withMessageContaining("records that were durable are gone");
    }

    @Test
    void aFileOutsideOfTheFolderIsNotWritten() throws Exception {
        try (FileSink sink = new FileSink(temp.resolve("into"))) {
            for (String name : List.of("../out", "/out", "a/b", "..", "")) {
                assertThatThrownBy(() -> sink.take(new FilePart(name, 0, new byte[1])))
                        .hasRootCauseMessage("no name of a file: " + name);
            }
        }
    }
}
