package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kill -9 of the core or the correlator, and processes held for a while, at random moments of the feed: nothing that
 * was answered is lost, and the spans are those of a run that nobody disturbed. Each run has a data folder of its own.
 * {@code -Dtidemark.kill.runs=N} chooses how many.
 */
class KilledAtRandomIT {
    private static final int RUNS = Integer.getInteger("tidemark.kill.runs", 2);
    private static final String CLUSTER = "shop";
    private static final int LIST_EVENTS = 15;
    /** The least that is allowed, so that a stall of seconds is longer than it. */
    private static final String[] OPTIONS = {"--set", "kafka.session.timeout=6s"};

    private static final List<Duration> READY = new ArrayList<>();
    private static final Map<Fault.Kind, Integer> FAULTS = new EnumMap<>(Fault.Kind.class);
    private static int done;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static List<JsonNode> events = List.of();
    private static String undisturbed = "";

    @BeforeAll
    static void feedUndisturbed() throws Exception {
        events = ShopSlice.small();
        undisturbed = Undisturbed.small();
    }

    @AfterAll
    static void tell() {
        List<Duration> sorted = READY.stream().sorted().toList();
        System.out.println("killed at random: runs " + done + ", faults " + FAULTS
                + ", ready after kill -9 of the core: "
                + (sorted.isEmpty()
                        ? "not measured"
                        : "min %.1f, median %.1f, max %.1f s of %d starts"
                                .formatted(
                                        seconds(sorted.getFirst()),
                                        seconds(sorted.get(sorted.size() / 2)),
                                        seconds(sorted.getLast()),
                                        sorted.size())));
    }

    static LongStream seeds() {
        return Seeds.take(RUNS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leadsToTheSpansOfAnUndisturbedRun(long seed) throws Exception {
        List<Fault> plan = Fault.plan(new Random(seed), events.size() / LIST_EVENTS);
        System.out.println("killed at random: seed " + seed + " " + plan);
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("run-" + seed), OPTIONS);
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER, LIST_EVENTS);
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            platform.awaitReady();
            Future<List<Duration>> disturbance = other.submit(new Disturbance(platform, OPTIONS, feeder, plan));
            feeder.feed(events);
            READY.addAll(disturbance.get());
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);

            String message = "seed " + seed + ", " + plan + ", log " + platform.log();
            Dumps.assertSame(topic.dump(), undisturbed, "topic, %s", message);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> Dumps.assertSame(SpanApi.dump(platform, CLUSTER), undisturbed, "store, %s", message));
            try (Stream<Path> working = Files.list(platform.data().resolve("flink/rocksdb"))) {
                assertThat(working)
                        .as("working folders, those of killed correlators among them")
                        .hasSize(1);
            }
            platform.kill();
            plan.forEach(fault -> FAULTS.merge(fault.kind(), 1, Integer::sum));
            done++;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
