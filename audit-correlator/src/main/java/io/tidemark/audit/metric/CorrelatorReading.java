package io.tidemark.audit.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values of the correlator's metrics at one moment, and the line in which its process writes them to its standard
 * output. A series is named by its metric and tag values:
 *
 * <pre>
 *   METRICS tidemark_correlator_lag_records=17 tidemark_correlator_forgotten_total{body,age}=3
 * </pre>
 *
 * @param values by {@link #series}; what has no value yet is left out
 */
public record CorrelatorReading(Map<String, Double> values) {
    private static final String MARK = "METRICS ";

    public CorrelatorReading {
        values = Map.copyOf(values);
    }

    /**
     * The name of one series.
     *
     * @param tagValues in the order of the metric's tags
     */
    public static String series(CorrelatorMetric metric, List<String> tagValues) {
        return metric.metricName() + (tagValues.isEmpty() ? "" : "{" + String.join(",", tagValues) + "}");
    }

    public String line() {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" ", MARK, ""));
    }

    /** Empty when the line is none of these; a value that is no number is left out. */
    public static Optional<CorrelatorReading> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        Map<String, Double> values = new HashMap<>();
        for (String part : line.substring(MARK.length()).split(" ", -1)) {
            int equals = part.lastIndexOf('=');
            if (equals > 0) {
                number(part.substring(equals + 1)).ifPresent(value -> values.put(part.substring(0, equals), value));
            }
        }
        return Optional.of(new CorrelatorReading(values));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
