package io.tidemark.audit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorePointTest {
    @TempDir
    private Path folder;

    private RestorePoint restorePoint;

    @BeforeEach
    void open() {
        restorePoint = new RestorePoint(folder, folder.resolve("checkpoints"));
    }

    @Test
    void goesOnFromTheNewestCheckpoint() throws IOException {
        checkpoint("chk-1", 1);
        Path newest = checkpoint("chk-2", 2);
        Files.createDirectories(folder.resolve("checkpoints/job/chk-3")); // was never completed

        assertThat(restorePoint.choose()).contains(newest);
    }

    @Test
    void startsFromTheLogWhenACheckpointFailedThreeTimes() throws IOException {
        Path first = checkpoint("chk-1", 1);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(restorePoint.choose()).contains(first);
        }
        assertThat(restorePoint.choose()).isEmpty();

        assertThat(checkpoint("chk-2", 2)).isEqualTo(restorePoint.choose().orElseThrow());
    }

    @Test
    void keepsItsStateHoweverOftenKafkaOrTheParentWentAway() throws IOException {
        Path only = checkpoint("chk-1", 1);
        for (int outage = 0; outage < 20; outage++) {
            assertThat(restorePoint.choose()).contains(only);
            restorePoint.notToBlame();
        }
    }

    private Path checkpoint(String name, int second) throws IOException {
        Path folderOfIt =
                Files.createDirectories(folder.resolve("checkpoints/job").resolve(name));
        Path metadata = Files.writeString(folderOfIt.resolve("_metadata"), "");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(second * 1_000L));
        return folderOfIt;
    }
}
