package io.tidemark.query.projector;

import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.ref;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.query.lucene.LuceneSpanStore;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanDump;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanSamples;
import io.tidemark.query.span.SpanStore;
import io.tidemark.schema.audit.Span;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanProjectorTest {
    private static final ProjectorSettings SETTINGS = new ProjectorSettings(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            1_000,
            100,
            Duration.ofMillis(200),
            new ProjectorSettings.Retention(Duration.ofDays(3_650), Long.MAX_VALUE, Duration.ofHours(1)));

    @TempDir
    Path folder;

    private final MemorySpanLog log = new MemorySpanLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private SpanStore store = null;
    private SpanProjector projector = null;

    @BeforeEach
    void open() {
        store = LuceneSpanStore.open(folder, 4, InstantSource.system());
        projector = projector(store);
    }

    @AfterEach
    void close() {
        projector.close();
        store.close();
    }

    private SpanProjector projector(SpanStore into) {
        return new SpanProjector(log::connect, into, SETTINGS, new Meters(registry), InstantSource.system());
    }

    private void awaitFound(String cause) {
        await().untilAsserted(() -> assertThat(store.span(ref(cause))).isPresent());
    }

    @Test
    void carriesEverySpanAndKeepsGoing() {
        Span[] all = SpanSamples.all().toArray(Span[]::new);
        log.append(all);
        assertThat(projector.check()).isInstanceOf(Health.Degraded.class);
        projector.start();
        await().untilAsserted(() -> assertThat(store.count(SpanFilter.ALL)).isEqualTo(all.length));
        log.append(request("later", deployment("web"), 50, r -> {}));
        awaitFound("later");
        await().untilAsserted(() -> assertThat(projector.check()).isEqualTo(Health.UP));
        assertThat(registry.get("tidemark_query_spans").counter().count()).isEqualTo(all.length + 1.0);
        assertThat(registry.get("tidemark_query_queryable").timer().count()).isEqualTo(all.length + 1L);
    }

    @Test
    void closingCommitsWhatWasApplied() {
        log.append(request("a", deployment("web"), 1, r -> {}));
        projector.start();
        awaitFound("a");
        projector.close();
        assertThat(store.positions()).isEqualTo(LogPositions.of(Map.of(0, 1L)));
        store.close();
        store = LuceneSpanStore.open(folder, 4, InstantSource.system());
        assertThat(store.positions()).isEqualTo(LogPositions.of(Map.of(0, 1L)));
    }

    @Test
    void failedLogIsReadAgainFromTheLastCommitAndTold() {
        log.failNext(3);
        log.append(request("a", deployment("web"), 1, r -> {}), request("b", deployment("web"), 2, r -> {}));
        projector.start();
        awaitFound("b");
        assertThat(log.connections()).isEqualTo(4);
        assertThat(registry.get("tidemark_query_retries").counter().count()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(projector.check()).isEqualTo(Health.UP));
    }

    @Test
    void logShorterThanThePositionsEmptiesTheStoreFirst() {
        log.append(request("a", deployment("web"), 1, r -> {}), request("b", deployment("web"), 2, r -> {}));
        projector.start();
        awaitFound("b");
        projector.close();
        log.replaceBy(request("c", deployment("web"), 3, r -> {}));
        projector = projector(store);
        projector.start();
        awaitFound("c");
        assertThat(store.span(ref("a"))).isEmpty();
        assertThat(registry.get("tidemark_query_rebuilds")
                        .tag("cause", "log_replaced")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void storeHoldsWhatTheLogHolds() {
        Span refined = request("scale", deployment("web"), 10, r -> r.setCode(500));
        log.append(SpanSamples.all().toArray(Span[]::new));
        log.append(refined);
        projector.start();
        SpanDump expected = new SpanDump();
        SpanSamples.all().forEach(expected::add);
        expected.add(refined);
        await().untilAsserted(() -> assertThat(SpanDump.of(store).text()).isEqualTo(expected.text()));
    }

    @Test
    void refreshIntervalGrowsWithTheBacklogUpToItsBound() {
        assertThat(SETTINGS.refreshInterval(0)).isEqualTo(Duration.ofMillis(10));
        assertThat(SETTINGS.refreshInterval(1_000)).isEqualTo(Duration.ofMillis(15));
        assertThat(SETTINGS.refreshInterval(4_000)).isEqualTo(Duration.ofMillis(30));
        assertThat(SETTINGS.refreshInterval(10_000_000)).isEqualTo(Duration.ofMillis(50));
    }
}
