package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.tests.platform.Dumps;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.ShopSlice;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import io.tidemark.tests.platform.Undisturbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Index and correlator state are projections of the log: taken away, they come back with the same content. */
class RebuiltIT {
    private static final String CLUSTER = "shop";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    @Test
    void indexAndCorrelatorStateComeBackFromTheLog() throws Exception {
        String undisturbed = Undisturbed.small();
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER)) {
            feeder.feed(ShopSlice.small());
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);
            assertStored(platform, undisturbed, "before");

            restartWithout(platform, "index");
            assertStored(platform, undisturbed, "without its index");

            restartWithout(platform, "flink");
            topic.awaitSettled(feeder);
            Dumps.assertSame(topic.dump(), undisturbed, "topic, without correlator state, log %s", platform.log());
            assertStored(platform, undisturbed, "without correlator state");
        }
    }

    private static void restartWithout(PlatformProcess platform, String part) throws Exception {
        platform.stop();
        Path lost = platform.data().resolve(part);
        assertThat(Files.list(lost)).as("what is in %s", lost).isNotEmpty();
        Undisturbed.delete(lost);
        platform.restart();
        platform.awaitReady();
    }

    private static void assertStored(PlatformProcess platform, String undisturbed, String when) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> Dumps.assertSame(
                        SpanApi.dump(platform, CLUSTER), undisturbed, "store, %s, log %s", when, platform.log()));
    }
}
