package io.tidemark.audit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.audit.metric.CorrelatorReading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ParentReporterTest {
    private final MetricGroup group = new UnregisteredMetricsGroup();
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(100);
    private final ParentReporter reporter = new ParentReporter(new NowSource(), lines::add);

    private final class NowSource implements InstantSource {
        @Override
        public Instant instant() {
            return now;
        }
    }

    private Map<String, Double> report() {
        reporter.report();
        return CorrelatorReading.parse(lines.getLast()).orElseThrow().values();
    }

    private static Counter at(long count) {
        Counter counter = new SimpleCounter();
        counter.inc(count);
        return counter;
    }

    @Test
    void addsUpParallelTasksAndForgetsEndedOnes() {
        String late = CorrelatorMetric.LATE.metricName();
        Counter second = at(5);
        reporter.notifyOfAddedMetric(at(2), late, group);
        reporter.notifyOfAddedMetric(second, late, group);
        reporter.notifyOfAddedMetric(at(9), "numRecordsIn", group);
        assertThat(report()).containsEntry(late, 7.0).doesNotContainKey("numRecordsIn");
        reporter.notifyOfRemovedMetric(second, late, group);
        assertThat(report()).containsEntry(late, 2.0);
    }

    @Test
    void takesFlinksOwnFiguresUnderOurNamesAndUnits() {
        long[] completed = {0};
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> 42L, "pendingRecords", group);
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> -1L, "lastCheckpointSize", group);
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> 1_500L, "lastCheckpointDuration", group);
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> completed[0], "numberOfCompletedCheckpoints", group);
        assertThat(report())
                .containsEntry("tidemark_correlator_lag_records", 42.0)
                .containsEntry("tidemark_correlator_checkpoint_duration_seconds", 1.5)
                .containsEntry("tidemark_correlator_checkpoints_total{completed}", 0.0)
                .doesNotContainKeys(
                        "tidemark_correlator_checkpoint_bytes", "tidemark_correlator_checkpoint_timestamp_seconds")
                .containsKeys("tidemark_correlator_heap_bytes", "tidemark_correlator_cpu_seconds_total");
        completed[0] = 1;
        assertThat(report()).containsEntry("tidemark_correlator_checkpoint_timestamp_seconds", 100.0);
        now = Instant.ofEpochSecond(200);
        assertThat(report()).containsEntry("tidemark_correlator_checkpoint_timestamp_seconds", 100.0);
    }
}
