package io.tidemark.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is followed, and what of it came to the log. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
abstract class FollowedFileFixture {
    static final String POSITIONS = "state/files.json";
    final MemoryAuditLog log = new MemoryAuditLog();

    @TempDir
    Path folder;

    Path file;
    AuditFileTail tail;
    int written;

    @BeforeEach
    void begin() {
        file = folder.resolve("audit.log");
        follow();
    }

    @AfterEach
    void end() {
        tail.close();
    }

    void follow() {
        tail = new AuditFileTail(
                new FollowedFile("shop", file),
                Doors.intake(log, AuditLimits.DEFAULT),
                new PositionFile(folder.resolve(POSITIONS), 10),
                AuditLimits.DEFAULT.eventBytes(),
                Duration.ofMillis(10));
        tail.start();
    }

    String line() {
        return Samples.with("id-1", "id-" + written++);
    }

    void append(String text) throws Exception {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Waits until exactly these events are in the log; the time limit of the class ends a wait in vain. */
    void assertIds(List<String> ids) throws InterruptedException {
        synchronized (log) {
            while (!ids().equals(ids)) {
                assertThat(ids().size()).as("events %s", ids()).isLessThanOrEqualTo(ids.size());
                log.wait();
            }
        }
    }

    List<String> ids() {
        return log.events().stream().map(entry -> entry.event().getAuditId()).toList();
    }
}
