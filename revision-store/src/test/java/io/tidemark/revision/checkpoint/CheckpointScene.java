package io.tidemark.revision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.checkpoint.Checkpointer.Settings;
import io.tidemark.revision.checkpoint.ImageRecovery.Cause;
import io.tidemark.revision.checkpoint.ImageRecovery.Source;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A keyspace with its log, its image and its checkpoints, of which a test takes something away. */
final class CheckpointScene implements AutoCloseable {
    static final ImageSettings SETTINGS = new ImageSettings(1 << 20, 1 << 20, 2, 100, 64);

    private static final Settings WHEN_CHANGED = settings(1);
    private static final Checkpointer.Report NOBODY = new Checkpointer.Report() {
        @Override
        public void taken(Duration took) {
            // no test asks
        }

        @Override
        public void failed() {
            // no test asks
        }
    };

    final CheckpointCodec codec = new CheckpointCodec(LoggedKeyspace.NAME);
    final MemoryCheckpointTopic topic = new MemoryCheckpointTopic(codec.key());
    /** Causes and sources of images that were made. */
    final List<String> made = new ArrayList<>();

    LoggedKeyspace keyspace;
    Path folder;
    Image image;

    private final Path replayed;

    CheckpointScene(Path temp, long seed) throws Exception {
        folder = temp.resolve("shop");
        replayed = temp.resolve("replayed");
        keyspace = new LoggedKeyspace(seed);
        image = Image.open(folder, SETTINGS);
        write(200);
    }

    void write(int commands) throws Exception {
        keyspace.write(commands);
        keyspace.catchUp(image);
    }

    /** @param changes behind the newest one that make another one worth it */
    private static Settings settings(long changes) {
        return new Settings(Duration.ofMinutes(1), changes, Long.MAX_VALUE);
    }

    Checkpointer checkpointer(boolean writing) {
        return checkpointer(writing, WHEN_CHANGED);
    }

    private Checkpointer checkpointer(boolean writing, Settings settings) {
        return new Checkpointer(
                new Checkpointer.Source(LoggedKeyspace.NAME, image, folder, () -> writing),
                () -> topic,
                settings,
                NOBODY);
    }

    Manifest take() throws Exception {
        return checkpointer(true).take().orElseThrow();
    }

    Optional<Manifest> takeAfter(long changes) throws Exception {
        return checkpointer(true, settings(changes)).take();
    }

    Image open() throws Exception {
        return new ImageRecovery(
                        LoggedKeyspace.NAME,
                        folder,
                        SETTINGS,
                        Optional.of(() -> topic),
                        (cause, source) -> made.add(cause + " " + source))
                .open(keyspace.log);
    }

    void restart() throws Exception {
        image.close();
        image = open();
    }

    /** Deletes the image while nobody has it open, and opens it again. */
    void lose() throws Exception {
        image.close();
        ImageFolders.delete(folder);
        image = open();
    }

    /** Its tables on disk. */
    List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .toList();
        }
    }

    void assertMade(Cause cause, Source source) {
        assertThat(made).containsExactly(cause + " " + source);
    }

    /** The image, caught up, shows what one shows that the whole log was applied to. */
    void assertTold() throws Exception {
        keyspace.catchUp(image);
        try (Image whole = Image.open(replayed, SETTINGS)) {
            keyspace.catchUp(whole);
            assertThat(LoggedKeyspace.told(image)).isEqualTo(LoggedKeyspace.told(whole));
        }
    }

    /** The image is lost, and this checkpoint brings it back. */
    void assertRestored(Manifest expected) throws Exception {
        made.clear();
        lose();
        assertThat(image.position().nextOffset()).isEqualTo(expected.point().nextOffset());
        assertMade(Cause.ABSENT, Source.CHECKPOINT);
        assertTold();
    }

    static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    @Override
    public void close() {
        image.close();
    }
}
