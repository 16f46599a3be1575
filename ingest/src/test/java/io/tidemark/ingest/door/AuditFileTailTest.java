package io.tidemark.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.Samples;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AuditFileTailTest {
    private static final String POSITIONS = "state/files.json";
    private final MemoryAuditLog log = new MemoryAuditLog();

    @TempDir
    private Path folder;

    private Path file;
    private AuditFileTail tail;
    private int written;

    @BeforeEach
    void begin() {
        file = folder.resolve("audit.log");
        follow();
    }

    @AfterEach
    void end() {
        tail.close();
    }

    @Test
    void waitsForTheRestOfALineThatIsBeingWritten() throws Exception {
        String line = line();
        append(line() + "\n" + line.substring(0, 100));
        awaitIds(List.of("id-1"));
        append(line.substring(100) + "\n");
        awaitIds(List.of("id-1", "id-0"));
    }

    @Test
    void readsTheRestOfARenamedFileThenTheNewOne() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-2026.log"));
        append(line() + "\n");
        awaitIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsWhatWasRenamedBeforeTheLogWasEverSeen() throws Exception {
        Path before = Files.writeString(folder.resolve("audit-2025.log"), line() + "\n");
        Files.setLastModifiedTime(before, FileTime.fromMillis(1_000L)); // older than the following
        await().until(() -> String.valueOf(tail.trouble()).endsWith("does not exist yet"));
        Files.move(Files.writeString(folder.resolve("x"), line() + "\n"), folder.resolve("audit-2026.log"));
        awaitIds(List.of("id-1"));
    }

    @Test
    void readsATruncatedFileFromItsBeginning() throws Exception {
        append(line() + "\n" + line() + "\n");
        awaitIds(List.of("id-0", "id-1"));
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n");
        awaitIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsAFileFromItsBeginningThatWasTruncatedAndIsLongerAgainAtTheNextLook() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        byte[] longer = (line() + "\n" + line() + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(longer)); // over the old content in one go: no look can see it shorter
        }
        awaitIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void goesOnAtTheExactByteAfterARestartAlsoWhenTheFileWasRenamedMeanwhile() throws Exception {
        append(line() + "\n" + line() + "\n");
        awaitIds(List.of("id-0", "id-1"));
        tail.close();
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-2026.log"));
        append(line() + "\n");
        follow();
        awaitIds(List.of("id-0", "id-1", "id-2", "id-3"));
    }

    @Test
    void readsEveryFileThatWasRenamedWhileItWasAway() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        tail.close();
        append(line() + "\n");
        for (String renamed : List.of("audit-2026-11-23T08-17-47.079.log", "audit.log.2", "audit.log-20261123")) {
            Files.move(file, folder.resolve(renamed));
            Files.setLastModifiedTime(folder.resolve(renamed), FileTime.fromMillis(written * 1_000L));
            append(line() + "\n");
        }
        Files.writeString(folder.resolve("audit-other.log"), "not of this log\n");
        Files.writeString(folder.resolve("audit.log.3.gz"), "packed\n");
        follow();
        awaitIds(List.of("id-0", "id-1", "id-2", "id-3", "id-4"));
        assertThat(log.rejects()).isEmpty();
    }

    @Test
    void readsAFileThatWasTruncatedAndRenamedWhileItWasAway() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        tail.close();
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-1.log"));
        append(line() + "\n");
        follow();
        awaitIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsWhatWasRenamedSinceWhenTheFileReadLastIsGone() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        tail.close();
        Files.move(file, folder.resolve("audit-1.log"));
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-2.log"));
        Files.delete(folder.resolve("audit-1.log")); // as audit-log-maxbackup does
        append(line() + "\n");
        follow();
        awaitIds(List.of("id-0", "id-1", "id-2"));
        Files.move(file, folder.resolve("audit-3.log"));
        Files.delete(folder.resolve("audit-3.log"));
        append(line() + "\n");
        awaitIds(List.of("id-0", "id-1", "id-2", "id-3"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheRestFromTheCopyOfATruncatedFile(boolean restarted) throws Exception {
        append(line() + "\n" + line() + "\n");
        awaitIds(List.of("id-0", "id-1"));
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
        awaitIds(List.of("id-0", "id-1", "id-2", "id-3"));
    }

    @Test
    void knowsAFileByItsContentThatWasEmptyWhenItWasOpened() throws Exception {
        append("");
        while (new PositionFile(folder.resolve(POSITIONS), 10).get("shop=" + file) == null) {
            Thread.onSpinWait(); // it is opened
        }
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        tail.close();
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n" + line() + "\n");
        follow();
        awaitIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsTheCopyOfAFileThatWasEmptyWhenItWasOpenedAndTruncatedBeforeItWasRead() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
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
        awaitIds(List.of("id-0", "id-2", "id-3", "id-4"));
    }

    @Test
    void goesOnInACopyThatTookTheFilesPlace() throws Exception {
        append(line() + "\n" + line() + "\n");
        awaitIds(List.of("id-0", "id-1"));
        tail.close();
        Files.copy(file, folder.resolve("copy"));
        Files.move(folder.resolve("copy"), file, StandardCopyOption.REPLACE_EXISTING);
        append(line() + "\n");
        follow();
        awaitIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void rejectsALineThatIsTooLongAndGoesOnBehindIt() throws Exception {
        append("{\"x\":\"" + "y".repeat(1_100_000) + "\"}\n" + line() + "\n");
        awaitIds(List.of("id-0"));
        assertThat(log.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.getReason()).isEqualTo("TOO_LARGE");
            assertThat(reject.getPosition()).isEqualTo("line 1");
        });
    }

    @Test
    void keepsThePositionWhileTheLogFailsAndLosesNothing() throws Exception {
        log.mood(MemoryAuditLog.Mood.FAILING);
        append(line() + "\n");
        log.awaitFailure();
        tail.close();
        log.mood(MemoryAuditLog.Mood.WELL);
        follow();
        awaitIds(List.of("id-0"));
    }

    @Test
    void saysThatItFollowsNoMoreAfterAFaultOfOurs() throws Exception {
        append(line() + "\n");
        awaitIds(List.of("id-0"));
        log.mood(MemoryAuditLog.Mood.BROKEN);
        append(line() + "\n");
        while (!String.valueOf(tail.trouble()).contains("no longer followed")) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void losesAndRepeatsNothingWhileFilesRotateAndItRestarts(long seed) throws Exception {
        Random random = new Random(seed);
        append(line() + "\n");
        List<String> expected = new ArrayList<>(List.of("id-0"));
        awaitIds(expected); // what was renamed before it was followed is not its business
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    tail.close();
                    follow();
                }
                case 1 -> {
                    if (Files.exists(file)) {
                        Files.move(file, folder.resolve("audit-%02d.log".formatted(step)));
                    }
                }
                default -> {
                    String id = "id-" + written;
                    String line = line() + "\n";
                    int cut = random.nextInt(line.length());
                    append(line.substring(0, cut));
                    append(line.substring(cut));
                    expected.add(id);
                }
            }
        }
        awaitIds(expected);
    }

    private void follow() {
        tail = new AuditFileTail(
                new FollowedFile("shop", file),
                Doors.intake(log, AuditLimits.DEFAULT),
                new PositionFile(folder.resolve(POSITIONS), 10),
                AuditLimits.DEFAULT.eventBytes(),
                Duration.ofMillis(10));
        tail.start();
    }

    private String line() {
        return Samples.with("id-1", "id-" + written++);
    }

    private void append(String text) throws Exception {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Waits until exactly these events are in the log; the time limit of the class ends a wait in vain. */
    private void awaitIds(List<String> ids) throws InterruptedException {
        synchronized (log) {
            while (!ids().equals(ids)) {
                assertThat(ids().size()).as("events %s", ids()).isLessThanOrEqualTo(ids.size());
                log.wait();
            }
        }
    }

    private List<String> ids() {
        return log.events().stream().map(entry -> entry.event().getAuditId()).toList();
    }
}
