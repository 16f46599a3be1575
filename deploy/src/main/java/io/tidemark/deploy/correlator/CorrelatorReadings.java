package io.tidemark.deploy.correlator;

import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.audit.metric.CorrelatorReading;
import io.tidemark.service.Meters;
import io.tidemark.service.MetricSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The correlator's metrics as this process shows them: of the newest reading, counters going on where an earlier child
 * ended. Thread-safe.
 */
public final class CorrelatorReadings {
    /** A counter over several children: what the earlier ones reached, and where the present one is. */
    private record Count(double before, double now) {
        Count to(double value) {
            return value < now ? new Count(before + now, value) : new Count(before, value);
        }
    }

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private volatile Map<String, Double> newest = Map.of();

    /** Takes the line when it is a reading; false when it is anything else. */
    boolean take(String line) {
        return CorrelatorReading.parse(line).map(this::take).orElse(false);
    }

    private boolean take(CorrelatorReading reading) {
        newest = reading.values();
        newest.forEach(
                (series, value) -> counts.merge(series, new Count(0, value), (count, next) -> count.to(next.now())));
        return true;
    }

    /** Gauges have no value while there is no child. */
    void childEnded() {
        newest = Map.of();
    }

    /** Shows every series of every metric. */
    public void register(Meters meters) {
        for (CorrelatorMetric metric : CorrelatorMetric.values()) {
            for (List<String> tagValues : combinations(metric.tags())) {
                String series = CorrelatorReading.series(metric, tagValues);
                String[] tags = tagValues.toArray(String[]::new);
                if (metric.type() == MetricSpec.Type.COUNTER) {
                    meters.counter(metric, () -> total(series), tags);
                } else {
                    meters.gauge(metric, () -> newest.getOrDefault(series, Double.NaN), tags);
                }
            }
        }
    }

    private double total(String series) {
        Count count = counts.getOrDefault(series, new Count(0, 0));
        return count.before() + count.now();
    }

    private static List<List<String>> combinations(List<MetricSpec.Tag> tags) {
        List<List<String>> combinations = List.of(List.of());
        for (MetricSpec.Tag tag : tags) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> combination : combinations) {
                for (String value : tag.values()) {
                    List<String> one = new ArrayList<>(combination);
                    one.add(value);
                    longer.add(one);
                }
            }
            combinations = longer;
        }
        return combinations;
    }
}
