package io.tidemark.deploy.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.service.Meters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorrelatorReadingsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CorrelatorReadings readings = new CorrelatorReadings();

    @BeforeEach
    void register() {
        readings.register(new Meters(registry));
    }

    private double lates() {
        return registry.get("tidemark_correlator_late_facts").functionCounter().count();
    }

    private double lag() {
        return registry.get("tidemark_correlator_lag_records").gauge().value();
    }

    @Test
    void countersGoOnWhereAnEarlierChildEnded() {
        assertThat(readings.take("METRICS tidemark_correlator_late_facts_total=5.0"))
                .isTrue();
        readings.childEnded();
        assertThat(lates()).isEqualTo(5);
        readings.take("METRICS tidemark_correlator_late_facts_total=2.0");
        assertThat(lates()).isEqualTo(7);
        readings.take("METRICS tidemark_correlator_late_facts_total=3.0");
        assertThat(lates()).isEqualTo(8);
    }

    @Test
    void gaugesHaveNoValueWithoutAChild() {
        assertThat(lag()).isNaN();
        readings.take("METRICS tidemark_correlator_lag_records=17.0");
        assertThat(lag()).isEqualTo(17);
        readings.childEnded();
        assertThat(lag()).isNaN();
    }

    @Test
    void everySeriesIsThereFromTheBeginning() {
        assertThat(registry.get("tidemark_correlator_forgotten").functionCounters())
                .hasSize(4);
        assertThat(registry.get("tidemark_correlator_events").functionCounters())
                .hasSize(6);
    }

    @Test
    void otherLinesAreNotTaken() {
        assertThat(readings.take("READY")).isFalse();
    }
}
