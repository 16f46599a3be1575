package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.deploy.StartFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void makesItsPartsOnFirstUseAndKeepsThemOnTheNext() throws IOException {
        Path root = temp.resolve("new/data");
        try (DataFolder folder = DataFolder.open(root, 0)) {
            assertThat(folder.kafka()).isDirectory();
            assertThat(folder.flink()).isDirectory();
            assertThat(folder.index()).isDirectory();
            assertThat(folder.logs()).isDirectory();
            assertThat(folder.samples()).isDirectory();
            Files.writeString(folder.index().resolve("kept"), "x");
        }
        try (DataFolder folder = DataFolder.open(root, 0)) {
            assertThat(folder.index().resolve("kept")).exists();
        }
    }

    @Test
    void refusesASecondUserAndNamesTheProcessThatHoldsIt() {
        try (DataFolder held = DataFolder.open(temp, 0)) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> DataFolder.open(held.root(), 0))
                    .withMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FOLDER_IN_USE))
                    .satisfies(e -> assertThat(e.remedy()).contains("--data-dir"));
        }
    }

    @Test
    void refusesAFolderOfANewerVersion() throws IOException {
        Files.writeString(temp.resolve("layout"), Integer.toString(DataFolder.LAYOUT + 1));
        assertFails(Kind.FOLDER_NEWER, 0);
        assertFails(Kind.FOLDER_NEWER, 0);
    }

    @Test
    void refusesAFolderWhoseLayoutCannotBeRead() throws IOException {
        Files.writeString(temp.resolve("layout"), "?");
        assertFails(Kind.FOLDER_CORRUPT, 0);
    }

    @Test
    void refusesADiskWithTooLittleSpace() {
        assertFails(Kind.DISK_FULL, Long.MAX_VALUE);
    }

    @Test
    void refusesAPathThatIsAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataFolder.open(file, 0))
                .withMessageEndingWith(file + " is a file")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FOLDER_UNUSABLE));
    }

    private void assertFails(Kind kind, long neededBytes) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataFolder.open(temp, neededBytes))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
