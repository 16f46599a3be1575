package io.tidemark.audit.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorrelatorReadingTest {
    @Test
    void survivesItsLine() {
        CorrelatorReading reading = new CorrelatorReading(Map.of(
                CorrelatorReading.series(CorrelatorMetric.LAG, List.of()),
                17.0,
                CorrelatorReading.series(CorrelatorMetric.FORGOTTEN, List.of("body", "age")),
                3.0,
                CorrelatorReading.series(CorrelatorMetric.CPU, List.of()),
                1.234567890123E9));

        assertThat(reading.line()).doesNotContain("\n").contains("tidemark_correlator_forgotten_total{body,age}=3.0");
        assertThat(CorrelatorReading.parse(reading.line())).contains(reading);
    }

    @Test
    void otherLinesAreNone() {
        assertThat(CorrelatorReading.parse("READY")).isEmpty();
        assertThat(CorrelatorReading.parse("2026-11-23 INFO METRICS x=1")).isEmpty();
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        assertThat(CorrelatorReading.parse("METRICS a=1 b=x c =2"))
                .hasValueSatisfying(reading -> assertThat(reading.values()).containsOnlyKeys("a"));
    }
}
