package io.tidemark.audit.job;

import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.audit.metric.CorrelatorReading;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * Writes {@link CorrelatorMetric}s to the standard output, one {@link CorrelatorReading} a line, for the process that
 * started this one. Counters of our own carry the name of their series; of Flink's metrics only a few are taken, under
 * our names. Values of parallel tasks are added up.
 */
public final class ParentReporter implements MetricReporter, Scheduled {
    private static final double MILLIS = 1_000;
    private static final String COMPLETED =
            CorrelatorReading.series(CorrelatorMetric.CHECKPOINTS, List.of("completed"));
    private static final String FAILED = CorrelatorReading.series(CorrelatorMetric.CHECKPOINTS, List.of("failed"));
    private static final String DURATION = CorrelatorMetric.CHECKPOINT_DURATION.metricName();
    private static final Map<String, String> OF_FLINK = Map.of(
            "pendingRecords", CorrelatorMetric.LAG.metricName(),
            "numberOfCompletedCheckpoints", COMPLETED,
            "numberOfFailedCheckpoints", FAILED,
            "lastCheckpointDuration", DURATION,
            "lastCheckpointSize", CorrelatorMetric.CHECKPOINT_SIZE.metricName());

    private final Map<Metric, String> known = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Consumer<String> out;
    private double completed;
    private double completedAt = Double.NaN;

    /** Named in the job's configuration; found by Flink as a service. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new ParentReporter(InstantSource.system(), System.out::println);
        }
    }

    ParentReporter(InstantSource clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    @Override
    public void open(MetricConfig config) {
        // has no settings
    }

    @Override
    public void close() {
        // holds nothing
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.startsWith("tidemark_")) {
            known.put(metric, name);
        } else if (OF_FLINK.containsKey(name)) {
            known.put(metric, OF_FLINK.get(name));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        known.remove(metric);
    }

    @Override
    public void report() {
        Map<String, Double> values = new HashMap<>();
        known.forEach((metric, series) -> {
            double value = value(metric);
            if (value >= 0) { // Flink says -1 for what has no value yet
                values.merge(series, value, Double::sum);
            }
        });
        values.computeIfPresent(DURATION, (series, millis) -> millis / MILLIS);
        checkpointAge(values);
        values.put(CorrelatorMetric.HEAP.metricName(), (double)
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            values.put(
                    CorrelatorMetric.CPU.metricName(),
                    (double) system.getProcessCpuTime() / TimeUnit.SECONDS.toNanos(1));
        }
        out.accept(new CorrelatorReading(values).line());
    }

    private void checkpointAge(Map<String, Double> values) {
        double now = values.getOrDefault(COMPLETED, 0.0);
        if (now > completed) {
            completed = now;
            completedAt = clock.millis() / MILLIS;
        }
        if (!Double.isNaN(completedAt)) {
            values.put(CorrelatorMetric.CHECKPOINT_AT.metricName(), completedAt);
        }
    }

    private static double value(Metric metric) {
        return switch (metric) {
            case Counter counter -> counter.getCount();
            case Gauge<?> gauge -> gauge.getValue() instanceof Number number ? number.doubleValue() : -1;
            default -> -1;
        };
    }
}
