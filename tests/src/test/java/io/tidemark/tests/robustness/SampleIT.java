package io.tidemark.tests.robustness;

import static org.awaitility.Awaitility.await;

import io.tidemark.tests.platform.Dumps;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --sample shop}: on an empty folder, cut off in the middle, and on a folder that has it. */
class SampleIT {
    private static final String CLUSTER = "shop";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String[] OPTIONS = {"--sample", "shop"};

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    @Test
    void isLoadedOnceAlsoWhenTheFirstStartIsCutOff() throws Exception {
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), OPTIONS)) {
            await().atMost(PATIENCE).until(() -> fed(platform) > 0);
            platform.kill();
            platform.restart(OPTIONS);
            String cut = visible(platform, "cut off and started again");

            platform.stop();
            platform.restart(OPTIONS);
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(platform.log()).contains("already loaded"));
            Dumps.assertSame(visible(platform, "used folder"), cut, "used folder, log %s", platform.log());
        }
    }

    /** Waits until everything can be found, tells when that was, and returns it. */
    private static String visible(PlatformProcess platform, String what) throws Exception {
        Duration ready = platform.awaitReady();
        await().atMost(PATIENCE)
                .until(() -> Files.readString(platform.log()).matches("(?s).*(accepted|already loaded).*"));
        SpanTopic topic = new SpanTopic(platform.kafka());
        try (Feeder feeder = new Feeder(platform.baseUri(), CLUSTER)) {
            topic.awaitSettled(feeder);
        }
        String dump = topic.dump();
        await().atMost(PATIENCE).untilAsserted(() -> Dumps.assertSame(SpanApi.dump(platform, CLUSTER), dump, "store"));
        System.out.printf(
                "sample, %s: ready after %.1f s, all of it found %.1f s after the launch%n",
                what, ready.toMillis() / 1000.0, platform.sinceLaunch().toMillis() / 1000.0);
        return dump;
    }

    private static long fed(PlatformProcess platform) throws IOException {
        Path progress = platform.data().resolve("samples").resolve("shop");
        return Files.exists(progress)
                ? Long.parseLong(Files.readString(progress).strip())
                : 0;
    }
}
