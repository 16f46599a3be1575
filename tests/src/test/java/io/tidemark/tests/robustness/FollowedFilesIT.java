package io.tidemark.tests.robustness;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
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
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A log file that is written, renamed away and truncated while the platform that follows it is killed. */
class FollowedFilesIT {
    private static final String CLUSTER = "shop";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STRETCHES = 6;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private Path file;
    private String[] options = {};

    @BeforeEach
    void nameTheFile() throws IOException {
        file = Files.createDirectories(folder.resolve("log")).resolve("audit.log");
        options = new String[] {"--set", "audit.files=" + CLUSTER + "=" + file, "--set", "audit.files.interval=20ms"};
    }

    @Test
    void takesEveryLineWhateverHappensToFileAndPlatform() throws Exception {
        long seed = Seeds.first();
        Random random = new Random(seed);
        List<JsonNode> events = ShopSlice.small();
        String undisturbed = Undisturbed.small();
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), options);
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER)) {
            platform.awaitReady();
            int size = events.size() / STRETCHES;
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                int killAt = stretch % 2 == 0 ? -1 : random.nextInt(size);
                write(events.subList(stretch * size, (stretch + 1) * size), platform, killAt);
                if (stretch % 3 == 2) {
                    awaitRead(platform); // what stands in a file that is cut short cannot be read by anybody
                    truncate();
                } else {
                    Files.move(file, file.resolveSibling("audit-" + stretch + ".log"));
                }
            }
            write(events.subList(STRETCHES * size, events.size()), platform, -1);
            awaitLast(platform, events.getLast());
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);

            Dumps.assertSame(topic.dump(), undisturbed, "topic, seed %d, log %s", seed, platform.log());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> Dumps.assertSame(
                            SpanApi.dump(platform, CLUSTER),
                            undisturbed,
                            "store, seed %d, log %s",
                            seed,
                            platform.log()));
        }
    }

    /** Writes lines in pieces that end anywhere, as a buffer would; kills and starts the platform after one of them. */
    private void write(List<JsonNode> events, PlatformProcess platform, int killAfter) throws Exception {
        for (int i = 0; i < events.size(); i++) {
            byte[] line = (events.get(i) + "\n").getBytes(StandardCharsets.UTF_8);
            int half = line.length / 2;
            append(line, 0, half);
            if (i == killAfter) {
                platform.kill();
            }
            append(line, half, line.length - half);
        }
        if (killAfter >= 0) {
            platform.restart(options);
        }
    }

    private void append(byte[] bytes, int from, int count) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, CREATE, APPEND)) {
            out.write(bytes, from, count);
        }
    }

    private void truncate() throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.truncate(0);
        }
    }

    /** The position that the platform keeps is that of the file's end. */
    private void awaitRead(PlatformProcess platform) {
        Path positions = platform.data().resolve("doors").resolve("files.json");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(JSON.readTree(positions.toFile())
                                .path(CLUSTER + "=" + file)
                                .path("offset")
                                .asLong())
                        .isEqualTo(Files.size(file)));
    }

    private void awaitLast(PlatformProcess platform, JsonNode last) {
        assertThat(last.path("stage").asText()).isEqualTo("ResponseComplete");
        awaitRead(platform);
    }
}
