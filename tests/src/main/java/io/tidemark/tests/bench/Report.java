package io.tidemark.tests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of all rounds: a JSON line each as they come, and a table of minimum, median and maximum at the end. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<PrintStream> outputs;

    private Report(List<PrintStream> outputs) {
        this.outputs = outputs;
    }

    /** On standard output, and the JSON lines in these files, too. */
    public static Report to(List<Path> jsonFiles) throws IOException {
        List<PrintStream> outputs = new ArrayList<>(List.of(System.out));
        for (Path file : jsonFiles) {
            outputs.add(new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
        }
        return new Report(outputs);
    }

    /** What is to be known of when and where it was measured, to be added to. */
    public static Map<String, Object> surroundings() throws IOException {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put(
                "cpu",
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown"));
        facts.put(
                "loadAverageBefore", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        facts.put("java", Runtime.version().toString());
        return facts;
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
