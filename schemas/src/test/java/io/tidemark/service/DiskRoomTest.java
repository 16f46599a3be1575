package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
    @TempDir
    private Path folder;

    @Test
    void tellsWhichDiskIsShortAndWhichSettingSaysSo() {
        DiskRoom room = new DiskRoom(folder, "data.free.writes", Long.MAX_VALUE);

        assertThat(room.isShort()).isTrue();
        assertThat(room.why()).contains(folder.toString()).contains("data.free.writes");
    }

    @Test
    void isNotShortWhereNothingHasToBeLeft() {
        assertThat(new DiskRoom(folder, "data.free.writes", 0).isShort()).isFalse();
    }

    /** Whoever writes there is told what is wrong. */
    @Test
    void aFolderThatIsNotThereIsNotShort() {
        assertThat(new DiskRoom(folder.resolve("gone"), "data.free.writes", Long.MAX_VALUE).isShort())
                .isFalse();
    }
}
