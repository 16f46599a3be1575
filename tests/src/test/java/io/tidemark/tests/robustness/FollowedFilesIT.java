package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.platform.Dumps;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.ShopSlice;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import io.tidemark.tests.platform.Undisturbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The logs of two API servers of one cluster, renamed and truncated again and again while they are written and the
 * platform that follows them is killed with kill -9: each line is taken, and the spans are those of a run that was
 * sent the same events by webhook and that nobody disturbed.
 */
class FollowedFilesIT {
    private static final String CLUSTER = "shop";
    private static final int KILLS = 2;
    private static final int LINES_WHILE_AWAY = 200;
    private static final int LONGEST_WAIT_MILLIS = 700;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final long seed = Seeds.first();
    private final Random random = new Random(seed);
    private List<RotatedLog> logs = List.of();

    @Test
    void takesEveryLineWhateverHappensToFilesAndPlatform() throws Exception {
        List<JsonNode> events = ShopSlice.small();
        String undisturbed = Undisturbed.small();
        logs = List.of(
                new RotatedLog(folder.resolve("first"), random), new RotatedLog(folder.resolve("second"), random));
        System.out.println("followed files: seed " + seed);
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), options());
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER)) {
            writeAndKill(platform, events);
            platform.awaitReady();
            awaitAllRead(platform);
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);

            String message = "seed " + seed + ", log " + platform.log();
            Dumps.assertSame(topic.dump(), undisturbed, "topic, %s", message);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> Dumps.assertSame(SpanApi.dump(platform, CLUSTER), undisturbed, "store, %s", message));
        }
    }

    private String[] options() {
        String files = CLUSTER + "=" + logs.get(0).path() + "," + CLUSTER + "="
                + logs.get(1).path();
        return new String[] {"--set", "audit.files=" + files, "--set", "audit.files.interval=20ms"};
    }

    /** Writing goes on while the platform is away; it is killed again once it has come up. */
    private void writeAndKill(PlatformProcess platform, List<JsonNode> events) throws Exception {
        int stretch = events.size() / (KILLS + 1);
        Iterator<JsonNode> lines = events.iterator();
        platform.awaitReady();
        for (int kill = 0; kill < KILLS; kill++) {
            write(lines, stretch - LINES_WHILE_AWAY);
            if (kill == 1) {
                awaitAllRead(platform); // what is cut off unread cannot be read by anybody
                for (RotatedLog log : logs) {
                    log.truncate();
                }
            }
            write(lines, LINES_WHILE_AWAY / 2);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS)); // the random moment itself
            platform.kill();
            write(lines, LINES_WHILE_AWAY / 2);
            platform.restart(options());
            platform.awaitReady();
        }
        write(lines, Integer.MAX_VALUE);
    }

    private void write(Iterator<JsonNode> lines, int most) throws IOException {
        for (int i = 0; i < most && lines.hasNext(); i++) {
            logs.get(random.nextInt(logs.size())).write(lines.next());
        }
    }

    /** The positions that the platform keeps are the ends of the files, of the last one renamed where there is none. */
    private void awaitAllRead(PlatformProcess platform) {
        Path positions = platform.data().resolve("doors").resolve("files.json");
        for (RotatedLog log : logs) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(JSON.readTree(positions.toFile())
                                    .path(CLUSTER + "=" + log.path())
                                    .path("offset")
                                    .asLong())
                            .as("place read last in %s, seed %d, log %s", log.path(), seed, platform.log())
                            .isEqualTo(Files.size(log.newest())));
        }
    }
}
