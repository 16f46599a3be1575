package io.tidemark.query.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One answer of {@code /metrics}, in the Prometheus text format. */
final class Scrape {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One series. */
    private record Sample(Map<String, String> labels, double value) {}

    private final Map<String, List<Sample>> samples = new HashMap<>();

    Scrape(String text) {
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(this::add);
    }

    private void add(Matcher line) {
        Map<String, String> labels = new HashMap<>();
        if (line.group(2) != null) {
            Matcher label = LABEL.matcher(line.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        try {
            double value = Double.parseDouble(line.group(3));
            samples.computeIfAbsent(line.group(1), name -> new ArrayList<>()).add(new Sample(labels, value));
        } catch (NumberFormatException e) {
            // such as +Inf, which nothing here asks for
        }
    }

    /** Only the series with this label. */
    Scrape only(String label, String value) {
        Scrape some = new Scrape("");
        samples.forEach((metric, all) -> some.samples.put(
                metric,
                all.stream()
                        .filter(sample -> value.equals(sample.labels().get(label)))
                        .toList()));
        return some;
    }

    /** The values of a label on a metric's series. */
    List<String> values(String metric, String label) {
        return samples.getOrDefault(metric, List.of()).stream()
                .map(sample -> sample.labels().getOrDefault(label, ""))
                .distinct()
                .toList();
    }

    /** Of all series of the metric together; empty when there is none with a value. */
    OptionalDouble sum(String metric) {
        double[] values = samples.getOrDefault(metric, List.of()).stream()
                .mapToDouble(Sample::value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(values).sum());
    }

    /** The label's value on the metric's first series; empty text when there is none. */
    String label(String metric, String label) {
        return values(metric, label).stream().findFirst().orElse("");
    }
}
