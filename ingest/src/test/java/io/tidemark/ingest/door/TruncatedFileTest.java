package io.tidemark.ingest.door;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are truncated, or copied and truncated, while they are followed and while they are not. */
class TruncatedFileTest extends FollowedFileFixture {
    @Test
    void readsATruncatedFileFromItsBeginning() throws Exception {
        append(line() + "\n" + line() + "\n");
        assertIds(List.of("id-0", "id-1"));
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n");
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsAFileFromItsBeginningThatWasTruncatedAndIsLongerAgainAtTheNextLook() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
        byte[] longer = (line() + "\n" + line() + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(longer)); // over the old content in one go: no look can see it shorter
        }
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheRestFromTheCopyOfATruncatedFile(boolean restarted) throws Exception {
        append(line() + "\n" + line() + "\n");
        assertIds(List.of("id-0", "id-1"));
        if (restarted) {
            tail.close();
        }
        append(line() + "\n");
        Files.copy(file, folder.resolve("audit.log.1")); // as logrotate's copytruncate does
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n");
        if (restarted) {
            follow();
        }
        assertIds(List.of("id-0", "id-1", "id-2", "id-3"));
    }

    @Test
    void knowsAFileByItsContentThatWasEmptyWhenItWasOpened() throws Exception {
        append("");
        while (new PositionFile(folder.resolve(POSITIONS), 10).get("shop=" + file) == null) {
            Thread.onSpinWait(); // it is opened
        }
        append(line() + "\n");
        assertIds(List.of("id-0"));
        tail.close();
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n" + line() + "\n");
        follow();
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsTheCopyOfAFileThatWasEmptyWhenItWasOpenedAndTruncatedBeforeItWasRead() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
        tail.close();
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-01.log"));
        append("");
        log.mood(MemoryAuditLog.Mood.SILENT);
        follow();
        while (log.waiting().isEmpty()) {
            Thread.onSpinWait(); // the empty one is opened, and the rest of the one before it is being read
        }
        append(line() + "\n");
        Files.copy(file, folder.resolve("audit-02.log"));
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n" + line() + "\n");
        log.mood(MemoryAuditLog.Mood.WELL);
        log.waiting().getFirst().complete(1);
        assertIds(List.of("id-0", "id-2", "id-3", "id-4"));
    }
}
