package io.tidemark.tests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of all rounds: a JSON line each as they come, and a table of minimum, median and maximum at the end. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<PrintStream> outputs;

    public Report(List<PrintStream> outputs) {
        this.outputs = outputs;
    }

    /** One line about the machine and the run, with no figure in it. */
    public void facts(Map<String, Object> facts) {
        line(JSON.valueToTree(facts));
    }

    public void add(int round, String measure, double value, String unit) {
        values.computeIfAbsent(measure, name -> new ArrayList<>()).add(value);
        units.put(measure, unit);
        line(JSON.createObjectNode()
                .put("measure", measure)
                .put("round", round)
                .put("value", Math.round(value * 10_000) / 10_000.0)
                .put("unit", unit));
    }

    private void line(ObjectNode node) {
        try {
            String line = JSON.writeValueAsString(node);
            outputs.forEach(out -> out.println(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot fail to be written", e);
        }
    }

    public String table() {
        StringBuilder table = new StringBuilder(row("measure", "min", "median", "max", "unit"));
        values.forEach((measure, found) -> {
            List<Double> sorted = found.stream().sorted().toList();
            double low = sorted.get((sorted.size() - 1) / 2);
            double high = sorted.get(sorted.size() / 2);
            table.append(row(
                    measure,
                    text(sorted.getFirst()),
                    text((low + high) / 2),
                    text(sorted.getLast()),
                    units.getOrDefault(measure, "")));
        });
        return table.toString();
    }

    private static String row(String measure, String min, String median, String max, String unit) {
        return String.format(Locale.ROOT, "%-44s %12s %12s %12s  %s%n", measure, min, median, max, unit);
    }

    private static String text(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
