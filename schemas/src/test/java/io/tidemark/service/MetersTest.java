package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.service.MetricSpec.Definition;
import io.tidemark.service.MetricSpec.Tag;
import io.tidemark.service.MetricSpec.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Definition EVENTS = new Definition(
            "tidemark_ingest_events_total",
            Type.COUNTER,
            "Events.",
            List.of(Tag.of("result", "accepted", "rejected"), Tag.upTo(2, "cluster")));
    private static final Definition LAG = new Definition("tidemark_query_lag_records", Type.GAUGE, "Lag.", List.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void countsPerTagValue() {
        meters.counter(EVENTS, "accepted", "prod").increment(3);
        meters.counter(EVENTS, "rejected", "prod").increment();

        assertThat(meters.counter(EVENTS, "accepted", "prod").count()).isEqualTo(3);
    }

    @Test
    void showsWhatIsCountedElsewhere() {
        AtomicLong elsewhere = new AtomicLong(7);
        meters.counter(EVENTS, elsewhere::get, "accepted", "prod");
        elsewhere.incrementAndGet();
        System.gc();

        assertThat(registry.get("tidemark_ingest_events").functionCounter().count())
                .isEqualTo(8);
    }

    @Test
    void aLaterCounterGoesOnFromWhereAnEarlierOneStands() {
        AtomicLong first = new AtomicLong(7);
        meters.counter(EVENTS, first::get, "accepted", "prod");
        AtomicLong second = new AtomicLong();
        meters.counter(EVENTS, second::get, "accepted", "prod");
        second.incrementAndGet();

        assertThat(registry.get("tidemark_ingest_events").functionCounter().count())
                .isEqualTo(8);
    }

    @Test
    void countsValuesBeyondTheBoundAsOther() {
        meters.counter(EVENTS, "accepted", "a").increment();
        meters.counter(EVENTS, "accepted", "b").increment();
        meters.counter(EVENTS, "accepted", "c").increment();
        meters.counter(EVENTS, "accepted", "d").increment();

        assertThat(meters.counter(EVENTS, "accepted", "e").count()).isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(3);
    }

    @Test
    void refusesATagValueThatTheSpecDoesNotList() {
        assertThatThrownBy(() -> meters.counter(EVENTS, "lost", "a")).hasMessageContaining("[accepted, rejected]");
    }

    @Test
    void refusesTheWrongNumberOfTagValues() {
        assertThatThrownBy(() -> meters.counter(EVENTS, "accepted")).hasMessageContaining("expected 2 tag values");
    }

    @Test
    void refusesAMetricAskedForAsAnotherType() {
        assertThatThrownBy(() -> meters.timer(EVENTS, "accepted", "a")).hasMessageContaining("is a COUNTER");
    }

    @Test
    void refusesANameAgainstTheConvention() {
        Definition bare = new Definition("tidemark_ingest_wait", Type.TIMER, "Wait.", List.of());

        assertThatThrownBy(() -> meters.timer(bare)).hasMessageContaining("ending in _seconds");
    }

    @Test
    void letsALaterGaugeTakeThePlaceOfAnEarlierOne() {
        meters.gauge(LAG, () -> 7);
        meters.gauge(LAG, () -> 8);

        assertThat(registry.get("tidemark_query_lag_records").gauge().value()).isEqualTo(8);
    }

    @Test
    void timesAndSummarises() {
        Definition wait = new Definition("tidemark_ingest_wait_seconds", Type.TIMER, "Wait.", List.of());
        Definition size = new Definition("tidemark_ingest_body_bytes", Type.SUMMARY, "Size.", List.of());
        meters.timer(wait).record(Duration.ofMillis(3));
        meters.summary(size).record(512);

        assertThat(meters.timer(wait).count()).isEqualTo(1);
        assertThat(meters.summary(size).totalAmount()).isEqualTo(512);
    }
}
