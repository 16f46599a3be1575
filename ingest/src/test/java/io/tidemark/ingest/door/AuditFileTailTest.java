package io.tidemark.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFileTailTest extends FollowedFileFixture {
    @Test
    void waitsForTheRestOfALineThatIsBeingWritten() throws Exception {
        String line = line();
        append(line() + "\n" + line.substring(0, 100));
        assertIds(List.of("id-1"));
        append(line.substring(100) + "\n");
        assertIds(List.of("id-1", "id-0"));
    }

    @Test
    void readsTheRestOfARenamedFileThenTheNewOne() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-2026.log"));
        append(line() + "\n");
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsWhatWasRenamedBetweenTwoLooksAlsoWhenNothingFollowsIt() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
        Path next = Files.writeString(folder.resolve("x"), line() + "\n" + line());
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L)); // older than the following
        Files.move(file, folder.resolve("audit-1.log"));
        Files.move(next, folder.resolve("audit-2.log"));
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsWhatWasRenamedBeforeTheLogWasEverSeen() throws Exception {
        Path before = Files.writeString(folder.resolve("audit-2025.log"), line() + "\n");
        Files.setLastModifiedTime(before, FileTime.fromMillis(1_000L)); // older than the following
        await().until(() -> String.valueOf(tail.trouble()).endsWith("does not exist yet"));
        Files.move(Files.writeString(folder.resolve("x"), line() + "\n"), folder.resolve("audit-2026.log"));
        assertIds(List.of("id-1"));
    }

    @Test
    void goesOnAtTheExactByteAfterARestartAlsoWhenTheFileWasRenamedMeanwhile() throws Exception {
        append(line() + "\n" + line() + "\n");
        assertIds(List.of("id-0", "id-1"));
        tail.close();
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-2026.log"));
        append(line() + "\n");
        follow();
        assertIds(List.of("id-0", "id-1", "id-2", "id-3"));
    }

    @Test
    void readsEveryFileThatWasRenamedWhileItWasAway() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
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
        assertIds(List.of("id-0", "id-1", "id-2", "id-3", "id-4"));
        assertThat(log.rejects()).isEmpty();
    }

    @Test
    void readsAFileThatWasTruncatedAndRenamedWhileItWasAway() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
        tail.close();
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-1.log"));
        append(line() + "\n");
        follow();
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void readsWhatWasRenamedSinceWhenTheFileReadLastIsGone() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
        tail.close();
        Files.move(file, folder.resolve("audit-1.log"));
        append(line() + "\n");
        Files.move(file, folder.resolve("audit-2.log"));
        Files.delete(folder.resolve("audit-1.log")); // as audit-log-maxbackup does
        append(line() + "\n");
        follow();
        assertIds(List.of("id-0", "id-1", "id-2"));
        Files.move(file, folder.resolve("audit-3.log"));
        Files.delete(folder.resolve("audit-3.log"));
        append(line() + "\n");
        assertIds(List.of("id-0", "id-1", "id-2", "id-3"));
    }

    @Test
    void goesOnInACopyThatTookTheFilesPlace() throws Exception {
        append(line() + "\n" + line() + "\n");
        assertIds(List.of("id-0", "id-1"));
        tail.close();
        Files.copy(file, folder.resolve("copy"));
        Files.move(folder.resolve("copy"), file, StandardCopyOption.REPLACE_EXISTING);
        append(line() + "\n");
        follow();
        assertIds(List.of("id-0", "id-1", "id-2"));
    }

    @Test
    void rejectsALineThatIsTooLongAndGoesOnBehindIt() throws Exception {
        append("{\"x\":\"" + "y".repeat(1_100_000) + "\"}\n" + line() + "\n");
        assertIds(List.of("id-0"));
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
        assertIds(List.of("id-0"));
    }

    @Test
    void saysThatItFollowsNoMoreAfterAFaultOfOurs() throws Exception {
        append(line() + "\n");
        assertIds(List.of("id-0"));
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
        assertIds(expected); // what was renamed before it was followed is not its business
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
        assertIds(expected);
    }
}
