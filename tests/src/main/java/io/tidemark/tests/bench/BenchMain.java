package io.tidemark.tests.bench;

import io.tidemark.tests.bench.Distribution.Running;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tests/bench/run}: measures a built distribution; JSON lines on standard output and a table at the end. */
@Command(name = "tests/bench/run", mixinStandardHelpOptions = true, description = "Measures the built distribution.")
final class BenchMain implements Runnable {
    private static final int LIST_EVENTS = 400;
    private static final int TRICKLE_LIST_EVENTS = 50;

    @Option(names = "--distribution", required = true, description = "unpacked distribution")
    private Path home = Path.of("");

    @Option(names = "--events", defaultValue = "400000", description = "saturated part; default ${DEFAULT-VALUE}")
    private int events;

    @Option(names = "--trickle-events", defaultValue = "30000", description = "part with 500 events/s")
    private int trickleEvents;

    @Option(names = "--rate", defaultValue = "9000", description = "sustained part, events/s; default ${DEFAULT-VALUE}")
    private int rate;

    @Option(names = "--rounds", defaultValue = "1", description = "lives under load; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--starts", defaultValue = "1", description = "starts without and with caches")
    private int starts;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "setting of the platform")
    private List<String> settings = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "also write the JSON lines here")
    private List<Path> jsonFiles = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public void run() {
        try {
            measure();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() throws IOException, InterruptedException {
        Distribution distribution = new Distribution(home.toAbsolutePath());
        Path sample = distribution.sample();
        BenchPlan plan = new BenchPlan(
                sample,
                Recording.read(sample, LIST_EVENTS),
                Recording.read(sample, TRICKLE_LIST_EVENTS),
                events,
                trickleEvents,
                rate,
                rounds,
                starts,
                settings);
        List<PrintStream> outputs = new ArrayList<>(List.of(System.out));
        for (Path file : jsonFiles) {
            outputs.add(new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
        }
        Report report = new Report(outputs);
        report.facts(facts(plan));
        Path work = Files.createTempDirectory("tidemark-bench");
        try {
            measureStarts(plan, distribution, work, report);
            for (int round = 1; round <= plan.rounds(); round++) {
                Path data = work.resolve("round-" + round);
                try (Running platform = distribution.start(data, plan.settings())) {
                    new Round(plan, round, platform, report).run();
                }
                delete(data);
            }
        } finally {
            delete(work);
        }
        System.out.print(report.table());
    }

    /** The start without a cache is the one that records for it, so it also has to do some work. */
    private static void measureStarts(BenchPlan plan, Distribution distribution, Path work, Report report)
            throws IOException, InterruptedException {
        for (int start = 1; start <= plan.starts(); start++) {
            distribution.forgetCaches();
            Path data = work.resolve("start-" + start);
            try (Running first = distribution.start(data, plan.settings());
                    Queryable queryable = new Queryable(first.port())) {
                report.add(start, "start without cache", first.startSeconds(), "s");
                new Load(plan.bulk(), 0, 1, 0).run(first.port(), (copy, probe, nanoTime) -> {});
                queryable.awaitSettled();
            }
            distribution.awaitCaches();
            delete(data);
            try (Running second = distribution.start(data, plan.settings())) {
                report.add(start, "start with cache, empty folder", second.startSeconds(), "s");
            }
            try (Running third = distribution.start(data, plan.settings())) {
                report.add(start, "start with cache, used folder", third.startSeconds(), "s");
            }
            delete(data);
        }
    }

    private static Map<String, Object> facts(BenchPlan plan) throws IOException {
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
        facts.put("meanEventBytes", plan.bulk().meanEventBytes());
        facts.put("events", plan.events());
        facts.put("settings", plan.settings());
        return facts;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
